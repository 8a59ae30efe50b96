package io.statesync.sample;

/** So many pieces of something. */
record StockItem(String sku, String name, int pieces) {

    StockItem withPieces(int pieces) {
        return new StockItem(sku, name, pieces);
    }
}
