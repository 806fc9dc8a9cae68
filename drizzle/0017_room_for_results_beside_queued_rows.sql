-- a batch of results is written at once: the page must hold every row of it twice, or three indexes are written for each
ALTER TABLE deliveries SET (fillfactor = 50);
