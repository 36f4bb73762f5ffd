// Wakes the islands of the page, after Leptos' own island_script.js (MIT): loads the WASM when the browser is idle and
// hands each <leptos-island> to the function of its name. The names of the files come from the server: those of the WASM for
// every page, those of the one for pages with an island of `entry`, and what these islands are called.
((every, entry, names) => {
  const children = [];
  const wake = async (node, mod) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const tag = node.tagName.toLowerCase();
    if (tag === 'leptos-island') {
      const island = mod[node.dataset.component];
      if (island) {
        children[children.length - 1]?.();
        await island(node);
      } else {
        console.warn(`No island ${node.dataset.component}`);
      }
      for (const child of node.children) await wake(child, mod);
    } else if (tag === 'leptos-children') {
      children.push(node.$$on_hydrate);
      for (const child of node.children) await wake(child, mod);
      children.pop();
    } else {
      for (const child of node.children) await wake(child, mod);
    }
  };
  const start = async () => {
    const enters = names.some((name) => document.querySelector(`leptos-island[data-component^="${name}_"]`));
    const [js, wasm] = enters ? entry : every;
    const mod = await import(js);
    await mod.default({ module_or_path: wasm });
    mod.hydrate();
    await wake(document.body, mod);
    document.documentElement.dataset.awake = 'true';
  };
  // a group of the menu stays folded or open on this device; the one with the page in view has no data-group
  const left = () => new Set(/(?:^|; )kvalitet_meny=([^;]*)/.exec(document.cookie)?.[1].split(',').filter(Boolean));
  document.querySelector('.nav')?.addEventListener(
    'toggle',
    ({ target: { open, dataset } }) => {
      if (!dataset.group) return;
      const codes = left();
      const otherwise = open === ('folded' in dataset);
      if (codes.has(dataset.group) === otherwise) return;
      otherwise ? codes.add(dataset.group) : codes.delete(dataset.group);
      const secure = location.protocol === 'https:' ? '; Secure' : '';
      document.cookie = `kvalitet_meny=${[...codes]}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    },
    true,
  );
  ('requestIdleCallback' in window ? requestIdleCallback : setTimeout)(start);
})
