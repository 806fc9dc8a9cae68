/** The choice of the country field that stands for none. */
export const NO_COUNTRY = 'none';
