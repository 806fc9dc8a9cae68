import { type DraftGroup, type DraftNode, newKey } from './rule-draft';

type Edit = (node: DraftNode) => DraftNode | DraftNode[] | null;

/** The tree with one node replaced, taken out (null) or turned into several; everything else keeps its identity. */
function editNode(group: DraftGroup, key: string, edit: Edit): DraftGroup {
  let changed = false;
  const rules = group.rules.flatMap((node): DraftNode[] => {
    if (node.key === key) {
      changed = true;
      const edited = edit(node);
      return edited === null ? [] : [edited].flat();
    }
    if (node.kind !== 'group') return [node];
    const inner = editNode(node, key, edit);
    if (inner !== node) changed = true;
    return [inner];
  });
  return changed ? { ...group, rules } : group;
}

export function replaceNode(root: DraftGroup, key: string, next: DraftNode): DraftGroup {
  if (root.key === key) return next.kind === 'group' ? next : root;
  return editNode(root, key, () => next);
}

export function removeNode(root: DraftGroup, key: string): DraftGroup {
  return editNode(root, key, () => null);
}

export function appendNode(root: DraftGroup, groupKey: string, node: DraftNode): DraftGroup {
  if (root.key === groupKey) return { ...root, rules: [...root.rules, node] };
  return editNode(root, groupKey, (group) =>
    group.kind === 'group' ? { ...group, rules: [...group.rules, node] } : group,
  );
}

function copyOf(node: DraftNode): DraftNode {
  if (node.kind !== 'group') return { ...node, key: newKey() };
  return { ...node, key: newKey(), rules: node.rules.map(copyOf) };
}

export function duplicateNode(root: DraftGroup, key: string): DraftGroup {
  return editNode(root, key, (node) => [node, copyOf(node)]);
}

/** Puts a line into a group of its own, so that others can join it there. */
export function wrapNode(root: DraftGroup, key: string): DraftGroup {
  return editNode(root, key, (node) => ({ key: newKey(), kind: 'group', match: 'any', rules: [node] }));
}

/** Takes a group away and leaves its lines where it was. */
export function unwrapNode(root: DraftGroup, key: string): DraftGroup {
  return editNode(root, key, (node) => (node.kind === 'group' ? node.rules : node));
}

/** Moves a line one place up or down among its neighbours; at an end nothing happens. */
export function moveNode(root: DraftGroup, key: string, by: -1 | 1): DraftGroup {
  const from = root.rules.findIndex((node) => node.key === key);
  if (from < 0) {
    let changed = false;
    const rules = root.rules.map((node) => {
      if (node.kind !== 'group') return node;
      const moved = moveNode(node, key, by);
      if (moved !== node) changed = true;
      return moved;
    });
    return changed ? { ...root, rules } : root;
  }
  const to = from + by;
  const node = root.rules[from];
  if (!node || to < 0 || to >= root.rules.length) return root;
  const rules = root.rules.toSpliced(from, 1).toSpliced(to, 0, node);
  return { ...root, rules };
}

export function countConditions(node: DraftNode): number {
  return node.kind === 'group' ? node.rules.reduce((sum, one) => sum + countConditions(one), 0) : 1;
}
