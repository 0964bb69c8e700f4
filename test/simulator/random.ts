/** Reproducible randomness (mulberry32). Forks by name, so that one more draw in one place does not change all others. */
export class Random {
  /** A seed for a name, the same in each process. */
  private static hash(text: string): number {
    let hash = 0x811c9dc5;
    // eslint-disable-next-line no-bitwise
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    // eslint-disable-next-line no-bitwise
    return hash >>> 0;
  }

  private state: number;

  constructor(private readonly seed: number) {
    this.state = seed;
  }

  public fork(name: string): Random {
    return new Random(Random.hash(`${this.seed}/${name}`));
  }

  /** In [0, 1). */
  public next(): number {
    /* eslint-disable no-bitwise */
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    /* eslint-enable no-bitwise */
  }

  /** An integer, both ends included. */
  public between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  public shuffle<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.between(0, i);
      [result[i], result[j]] = [result[j], result[i]];
    }
    return result;
  }

  public hex(length: number): string {
    return this.characters('0123456789abcdef', length);
  }

  /** As CloudFormation ends generated names. */
  public suffix(length = 12): string {
    return this.characters('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', length);
  }

  public uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${this.characters('89ab', 1)}${this.hex(3)}-${this.hex(12)}`;
  }

  private characters(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[this.between(0, alphabet.length - 1)]).join('');
  }
}
