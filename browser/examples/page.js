import { connect } from "statesync";

/** Keeps an element the same as the prices of the source. @param {HTMLElement} element */
export function showPrices(element, shop = connect()) {
  const prices = shop.topic("prices");
  const show = () => {
    const { state, data } = prices.getSnapshot();
    element.dataset.state = state;
    element.textContent = data === undefined ? "one moment" : JSON.stringify(data);
  };
  show();
  return prices.subscribe(show);
}
