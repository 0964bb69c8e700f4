import * as fs from 'fs';
import * as path from 'path';
import { Contender, SynthesisOrder } from './names';
import { TemplateResult, TemplateSize } from './results';
import { Workshop } from './workshop';

const MEASURED: readonly Contender[] = [
  'library', 'library, job ids in outputs', 'library, waits 1 h', 'library, waits 12 h',
  'AwsCustomResource', 'AwsCustomResource, one role', 'Provider', 'Provider + isComplete',
];
/** With twelve resources for each, a stack is full. */
const SMALL_ONLY: readonly Contender[] = ['library, waits 12 h'];
const FULL = 400;

/** Sizes do not vary, so each is taken once. */
export function measureTemplates(workshop: Workshop, quick: boolean): TemplateResult {
  const numbers = quick ? [1] : [1, 10, 100];
  const sizes = numbers.flatMap((n) => {
    const base = sizeOf(workshop, { app: 'base', n, sources: 'inside' });
    return MEASURED.filter((contender) => n <= 10 || !SMALL_ONLY.includes(contender)).map((contender): TemplateSize => {
      const size = sizeOf(workshop, { app: contender, n, sources: 'inside' });
      return {
        contender, n, resources: size.resources - base.resources, bytes: size.bytes - base.bytes, compactBytes: size.compactBytes - base.compactBytes,
      };
    });
  });
  const full = quick ? 1 : FULL;
  const { resources, bytes, outputs } = sizeOf(workshop, { app: 'library', n: full, sources: 'outside' });
  return { sizes, full: { n: full, resources, bytes, outputs } };
}

function sizeOf(workshop: Workshop, order: SynthesisOrder) {
  const { outdir } = workshop.synthesize(order);
  const text = fs.readFileSync(path.join(outdir, 'Shop.template.json'), 'utf8');
  const template = JSON.parse(text) as { Resources: object; Outputs?: object };
  return {
    resources: Object.keys(template.Resources).length,
    bytes: Buffer.byteLength(text),
    compactBytes: Buffer.byteLength(JSON.stringify(template)),
    outputs: Object.keys(template.Outputs ?? {}).length,
  };
}
