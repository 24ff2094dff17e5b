// What a person has to change before the command can do its work. It ends the command; everything else that is thrown is
// a fault of the computer or of ours.
export class Refused extends Error {}
