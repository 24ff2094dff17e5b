import 'reflect-metadata';
import { type INestMicroservice, Controller, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, MessagePattern, MqttContext, Payload } from '@nestjs/microservices';
import { FairampMqttServer, MqttLink } from '@fairamp/runtime';
import { pause, startSite, topicsOf, waitFor, type Site } from './site.js';

const grant = 'fairamp/home/control/slave/garage/grant';

type Heard = {
  readonly family: string;
  readonly topic: string;
  readonly bytes: Uint8Array;
  readonly retained: boolean;
};
const heard: Heard[] = [];

function note(family: string, bytes: Uint8Array, context: MqttContext): void {
  heard.push({ family, topic: context.getTopic(), bytes, retained: context.getPacket().retain === true });
}

@Controller()
class Inputs {
  constructor(
    @Inject('NOTE') private readonly note: (family: string, bytes: Uint8Array, context: MqttContext) => void,
  ) {}

  @EventPattern<string>('fairamp/{site}/control/slave/+/grant')
  grant(@Payload() payload: Uint8Array, @Ctx() context: MqttContext): void {
    this.note('grant', payload, context);
  }

  @EventPattern<string>('fairamp/{site}/telemetry/slave/+/report')
  report(@Payload() payload: Uint8Array, @Ctx() context: MqttContext): void {
    this.note('report', payload, context);
  }
}

@Module({ controllers: [Inputs], providers: [{ provide: 'NOTE', useValue: note }] })
class App {}

let site: Site;
let link: MqttLink;
let server: FairampMqttServer;
let app: INestMicroservice;

beforeEach(async () => {
  heard.length = 0;
  site = await startSite();
  link = new MqttLink({ url: site.url, clientId: 'main', username: 'main', password: 'pw-main' }, () => undefined);
  server = new FairampMqttServer(link, { site: 'home', id: 'main' });
  app = await NestFactory.createMicroservice(App, { strategy: server, logger: false });
  await app.listen();
  await waitFor(() => link.connected);
  // A broker answers one client in order: what was subscribed to before is known to it then.
  await link.client.subscribeAsync('fairamp/home/telemetry/slave/nobody/report', { qos: 0 });
});
afterEach(async () => {
  await app.close();
  await link.close();
  await site.close();
});

describe('inputs over Nest', () => {
  test.each<[string, Uint8Array]>([
    ['what Nest takes for a request', Buffer.from('{"id":7,"data":5}')],
    ['what Nest takes for an envelope', Buffer.from('{"data":5,"other":6}')],
    ['no UTF-8', Uint8Array.of(0xff, 0x10, 0x00)],
    ['a number', Buffer.from('0016')],
    ['nothing', new Uint8Array()],
  ])('arrive as the bytes they are and get no reply: %s', async (_what, bytes) => {
    const other = await site.join('garage');
    const viewer = await site.join();
    const topics = topicsOf(viewer);
    await viewer.subscribeAsync('#');
    other.publish('fairamp/home/telemetry/slave/garage/report', Buffer.from(bytes));
    expect(await waitFor(() => heard.length > 0)).toBe(true);
    await pause(50);
    expect(heard.map((one) => [one.family, one.topic, [...one.bytes]])).toEqual([
      ['report', 'fairamp/home/telemetry/slave/garage/report', [...bytes]],
    ]);
    expect(topics).toEqual(['fairamp/home/telemetry/slave/garage/report']);
    expect(site.told).toEqual([]);
  });

  test('arrive in the order in which they were sent, each family at its own handler', async () => {
    const garage = await site.join('garage');
    for (let count = 0; count < 20; count += 1) {
      link.publish(grant, String(count), { retain: false, qos: 0 });
      garage.publish('fairamp/home/telemetry/slave/garage/report', String(count));
    }
    expect(await waitFor(() => heard.length === 40)).toBe(true);
    for (const family of ['grant', 'report']) {
      const counts = heard
        .filter((one) => one.family === family)
        .map(({ bytes }) => Number(Buffer.from(bytes).toString()));
      expect(counts).toEqual(Array.from({ length: 20 }, (_, count) => count));
    }
  });

  test('say whether they were retained', async () => {
    const garage = await site.join('garage');
    garage.publish('fairamp/home/telemetry/slave/garage/report', 'kept', { retain: true });
    await waitFor(() => heard.length === 1);
    link.client.stream.destroy();
    expect(await waitFor(() => heard.length === 2)).toBe(true);
    expect(heard.map(({ retained }) => retained)).toEqual([false, true]);
  });

  test('that nobody subscribed to are counted and dropped', async () => {
    await server.handleMessage('fairamp/home/elsewhere', Buffer.from('x'), link.client);
    expect(server.unmatched).toBe(1);
    expect(heard).toEqual([]);
  });

  test('are ready without a broker: a slave must watch its car all the same', async () => {
    const away = new MqttLink({ url: 'mqtt://127.0.0.1:1', clientId: 'x' }, () => undefined);
    const lonely = await NestFactory.createMicroservice(App, {
      strategy: new FairampMqttServer(away, { site: 'home', id: 'x' }),
      logger: false,
    });
    await lonely.listen();
    expect(away.connected).toBe(false);
    await away.close();
  });
});

describe('a table of inputs is wrong', () => {
  @Controller()
  class Asking {
    @MessagePattern('fairamp/{site}/ask')
    ask(): number {
      return 1;
    }
  }
  @Controller()
  class Unknown {
    @EventPattern<string>('fairamp/{nowhere}/x')
    hear(): void {}
  }
  test.each([
    ['with a request in it', Asking, 'inputs are events'],
    ['with a word that the configuration does not have', Unknown, 'no usable word for {nowhere}'],
    ['with one topic family twice', [Inputs, Inputs2()], 'two handlers for'],
  ])('%s', async (_what, controllers, message) => {
    const strategy = new FairampMqttServer(link, { site: 'home' });
    const module = {
      module: class Wrong {},
      controllers: [controllers].flat(),
      providers: [{ provide: 'NOTE', useValue: note }],
    };
    const wrong = await NestFactory.createMicroservice(module, { strategy, logger: false, abortOnError: false });
    await expect(wrong.listen()).rejects.toThrow(message);
  });

  function Inputs2(): new () => object {
    @Controller()
    class Again {
      @EventPattern<string>('fairamp/{site}/control/slave/+/grant')
      hear(): void {}
    }
    return Again;
  }
});
