/** The attribute that a setting has on the script tag. */
export const attribute = (setting) => `data-${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
