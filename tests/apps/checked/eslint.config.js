import hooks from "eslint-plugin-react-hooks";
import svelte from "eslint-plugin-svelte";
import vue from "eslint-plugin-vue";
import ts from "typescript-eslint";

const parser = { parserOptions: { parser: ts.parser } };

export default [
  ...ts.configs.strict,
  { files: ["react/**", "next/**"], ...hooks.configs.flat["recommended-latest"] },
  ...vue.configs["flat/recommended"],
  ...svelte.configs.recommended,
  { files: ["**/*.vue", "**/*.svelte"], languageOptions: parser },
  // How the templates are laid out is this repository's own way.
  { rules: { "vue/max-attributes-per-line": "off", "vue/multi-word-component-names": "off", "vue/singleline-html-element-content-newline": "off" } },
];
