/**
 * Reads dependencies off a template in a way of its own, so that it does not share the library's mistakes: every text in a
 * resource that is the name of another resource where CloudFormation would look for one.
 */
export interface TemplateGraph {
  readonly edges: ReadonlyMap<string, ReadonlySet<string>>;
}

export function graphOf(template: any): TemplateGraph {
  const ids = Object.keys(template.Resources ?? {});
  const edges = new Map(ids.map((id) => {
    const text = JSON.stringify(template.Resources[id]);
    const named = ids.filter((other) => [
      `{"Ref":"${other}"}`,
      `{"Fn::GetAtt":["${other}",`,
      `{"Fn::GetAtt":"${other}.`,
      `\${${other}}`,
      `\${${other}.`,
    ].some((reference) => text.includes(reference)) || [template.Resources[id].DependsOn ?? []].flat().includes(other));
    return [id, new Set(named)];
  }));
  return { edges };
}

/** What is left when everything has been taken away that waits for nothing: empty unless there is a cycle. */
export function cyclic({ edges }: TemplateGraph): string[] {
  const left = new Map([...edges].map(([id, targets]) => [id, new Set(targets)]));
  for (;;) {
    const free = [...left].filter(([, targets]) => targets.size === 0).map(([id]) => id);
    if (free.length === 0) {
      return [...left.keys()];
    }
    free.forEach((id) => left.delete(id));
    left.forEach((targets) => free.forEach((id) => targets.delete(id)));
  }
}

/** Whether a resource is deployed after another one, and deleted before it. */
export function comesAfter({ edges }: TemplateGraph, id: string, other: string, seen = new Set<string>()): boolean {
  if (edges.get(id)?.has(other)) {
    return true;
  }
  seen.add(id);
  return [...edges.get(id) ?? []].some((next) => !seen.has(next) && comesAfter({ edges }, next, other, seen));
}
