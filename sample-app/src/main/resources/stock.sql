CREATE TABLE IF NOT EXISTS sample_stock (
    sku    VARCHAR(100) NOT NULL PRIMARY KEY,
    name   VARCHAR(200) NOT NULL,
    pieces INTEGER      NOT NULL
);

INSERT INTO sample_stock (sku, name, pieces)
SELECT * FROM (VALUES
    ('apples', 'Apples', 12),
    ('bananas', 'Bananas', 20),
    ('cherries', 'Cherries', 150),
    ('figs', 'Figs', 8),
    ('lemons', 'Lemons', 30),
    ('melons', 'Melons', 4),
    ('pears', 'Pears', 17),
    ('plums', 'Plums', 45))
WHERE NOT EXISTS (SELECT 1 FROM sample_stock);
