import Component from "@glimmer/component";
import { tracked } from "@glimmer/tracking";
import { pageTitle } from "ember-page-title";

export default class Stores extends Component {
  @tracked stores;

  constructor(...given) {
    super(...given);
    fetch("/slow").then(async (answer) => (this.stores = await answer.text()));
  }

  <template>
    {{#if this.stores}}{{pageTitle "Stores"}}{{/if}}
    <h1>Stores</h1>
  </template>
}
