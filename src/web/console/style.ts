/** The whole look of the console pages: readable on a phone at night, on paper, and in the browser's own colours. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#d0d4da, #3a4048); --quiet: light-dark(#57606a, #9aa4af);
  --mark: light-dark(#fff5cc, #3d3413); --back: light-dark(#f6f8fa, #1b1f24); }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 16px/1.5 system-ui, sans-serif;
  color: light-dark(#1f2328, #e6e9ed); background: light-dark(#fff, #111418); overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: .5rem 0; }
p, dl { margin: .5rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
dt, small, footer { color: var(--quiet); }
dd { margin: 0; }
article { border-top: 1px solid var(--line); padding: .6rem .4rem; scroll-margin-top: 1rem; }
article:target { background: var(--mark); }
article h2 { font-size: 1rem; margin: 0; display: flex; flex-wrap: wrap; gap: 0 .8rem; }
article h2 a { color: inherit; }
article dl { font-size: .85rem; margin: .3rem 0; }
code, pre { font: .85em/1.45 ui-monospace, monospace; }
pre { margin: .3rem 0; padding: .6rem; background: var(--back); border-radius: .3rem; white-space: pre-wrap; }
summary { color: var(--quiet); cursor: pointer; font-size: .85rem; }
`
