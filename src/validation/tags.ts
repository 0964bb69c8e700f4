import { PropsView, TagView } from './props-view';
import { Finding, Rule } from './rule';
import { quoted } from './text';

const ACCESS = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html#copy-tags';
const QUOTAS = 'https://docs.aws.amazon.com/general/latest/gr/bk.html';
const TAGGING = 'https://docs.aws.amazon.com/tag-editor/latest/userguide/reference.html';
const PROP = 'recoveryPointTags';
const MAX_TAGS = 50;
const MAX_KEY = 128;
const MAX_VALUE = 256;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Tags of the recovery point. Values of tags are not shown: they may be nobody else's business. */
export const TAG_RULES: readonly Rule<PropsView>[] = [
  {
    id: 'TagCount',
    severity: 'error',
    rule: 'A recovery point has at most 50 tags, those copied from the source included; with more the job FAILS.',
    remedy: 'Use fewer recoveryPointTags.',
    see: QUOTAS,
    check: ({ recoveryPointTags: tags }) => tags.length > MAX_TAGS ? [{ prop: PROP, value: `${tags.length} tags` }] : [],
  },
  {
    id: 'TagKeyLength',
    severity: 'error',
    rule: 'The key of a tag has 1 to 128 characters.',
    remedy: 'Use another key.',
    see: TAGGING,
    check: tagsWith(({ key }) => key !== undefined && (key.length < 1 || key.length > MAX_KEY)),
  },
  {
    id: 'TagValueLength',
    severity: 'error',
    rule: 'The value of a tag has at most 256 characters.',
    remedy: 'Use a shorter value.',
    see: TAGGING,
    check: tagsWith(({ value }) => value !== undefined && value.length > MAX_VALUE, ({ value }) => `a value of ${value!.length} characters`),
  },
  {
    id: 'TagCharacters',
    severity: 'error',
    rule: 'Keys and values of tags hold letters, digits, spaces and _ . : / = + - @ only.',
    remedy: 'Use other characters.',
    see: TAGGING,
    check: tagsWith(
      ({ key, value }) => !ALLOWED.test(key ?? '') || !ALLOWED.test(value ?? ''),
      ({ key, value }) => `the characters ${forbidden(`${key ?? ''}${value ?? ''}`)}`,
    ),
  },
  {
    id: 'TagPrefix',
    severity: 'error',
    rule: 'Keys that begin with aws: are reserved.',
    remedy: 'Use another key.',
    see: TAGGING,
    check: tagsWith(({ key }) => key?.toLowerCase().startsWith('aws:') ?? false),
  },
  {
    id: 'TagKeyCase',
    severity: 'warning',
    rule: 'Keys of tags are case-sensitive: these are different tags, though they hardly look it.',
    remedy: 'Use one spelling.',
    see: ACCESS,
    check: ({ recoveryPointTags: tags }) => {
      const keys = tags.flatMap(({ key }) => key ?? []);
      const twins = keys.filter((key) => keys.some((other) => other !== key && other.toLowerCase() === key.toLowerCase()));
      return twins.length > 0 ? [{ prop: PROP, value: twins.map(quoted).join(', ') }] : [];
    },
  },
];

function tagsWith(isWrong: (tag: TagView) => boolean, seen?: (tag: TagView) => string) {
  return ({ recoveryPointTags }: PropsView): Finding[] => recoveryPointTags.filter(isWrong).map((tag) => ({
    prop: `${PROP}[${quoted(tag.key)}]`,
    value: seen?.(tag) ?? `the key ${quoted(tag.key)}`,
  }));
}

function forbidden(text: string): string {
  return [...new Set([...text].filter((character) => !ALLOWED.test(character)))].map((character) => JSON.stringify(character)).join(' ');
}
