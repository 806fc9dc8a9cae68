export type Scheme = 'light' | 'dark' | 'system';

const STORE = 'theme';
const CHANGE_EVENT = 'waybill:scheme';

/**
 * Runs before the first paint, so that no page flashes in the wrong colours, and goes on listening: to the system, to
 * other tabs and to `chooseScheme`.
 */
export const SCHEME_SCRIPT = `(()=>{
const asked=matchMedia('(prefers-color-scheme: dark)');
const draw=()=>{
let chosen;try{chosen=localStorage.getItem('${STORE}')}catch{chosen=null}
const dark=chosen==='dark'||(chosen!=='light'&&asked.matches);
const{classList}=document.documentElement;classList.toggle('dark',dark);classList.toggle('light',!dark);
};
draw();asked.addEventListener('change',draw);addEventListener('storage',draw);addEventListener('${CHANGE_EVENT}',draw);
})()`;

export function storedScheme(): Scheme {
  const stored = localStorage.getItem(STORE);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function chooseScheme(scheme: Scheme): void {
  localStorage.setItem(STORE, scheme);
  window.dispatchEvent(new Event(CHANGE_EVENT));
}

export function isDark(): boolean {
  return document.documentElement.classList.contains('dark');
}

export function onSchemeChange(listener: () => void): () => void {
  window.addEventListener(CHANGE_EVENT, listener);
  window.addEventListener('storage', listener);
  return () => {
    window.removeEventListener(CHANGE_EVENT, listener);
    window.removeEventListener('storage', listener);
  };
}
