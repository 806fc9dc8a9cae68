export type Density = 'comfortable' | 'compact';

/** Holds the chosen `Density`, so that the server draws rows at the right height. */
export const DENSITY_COOKIE = 'waybill-density';
