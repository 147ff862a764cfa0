export default { devToolbar: { enabled: false }, build: { format: "file" } };
