const NAMES = { dress: "Linen wrap dress" };

export const entries = () => Object.keys(NAMES).map((id) => ({ id }));

export const load = ({ params }) => ({ name: NAMES[params.id] });
