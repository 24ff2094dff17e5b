// Blocks of a known height, one below the other: how a page is put together.
import { element, moved } from './svg.js';

export type Block = { readonly height_px: number; readonly svg: string };

export function stacked(blocks: readonly Block[], gap_px: number): Block {
  let y = 0;
  const placed = blocks
    .filter(({ height_px }) => height_px > 0)
    .map(({ height_px, svg }) => {
      const at = y;
      y += height_px + gap_px;
      return moved(0, at, svg);
    });
  return { height_px: Math.max(0, y - gap_px), svg: element('g', {}, ...placed) };
}
