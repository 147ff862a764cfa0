// Angular's router with titles by a TitleStrategy, and one by the Title service when the server has answered.

import { Component, inject, Injectable, input, provideZonelessChangeDetection } from "@angular/core";
import { bootstrapApplication, Title } from "@angular/platform-browser";
import { provideRouter, type ResolveFn, RouterLink, RouterOutlet, type RouterStateSnapshot, TitleStrategy, withComponentInputBinding } from "@angular/router";

@Injectable()
class OfTheShop extends TitleStrategy {
  private readonly title = inject(Title);

  override updateTitle(state: RouterStateSnapshot) {
    const title = this.buildTitle(state);
    if (title) this.title.setTitle(`${title} – Acme`);
  }
}

@Component({ selector: "app-home", template: "<h1>Home</h1>" })
class Home {}

@Component({ selector: "app-journal", template: "<h1>Journal</h1>" })
class Journal {}

@Component({ selector: "app-about", template: "<h1>About us</h1>" })
class About {}

@Component({ selector: "app-stores", template: "<h1>Stores</h1>" })
class Stores {
  private readonly title = inject(Title);

  constructor() {
    void fetch("/slow").then(() => this.title.setTitle("Stores – Acme"));
  }
}

const NAMES: Record<string, string> = { dress: "Linen wrap dress" };

@Component({ selector: "app-product", template: "<h1>{{ name }}</h1>" })
class Product {
  readonly id = input.required<string>();

  get name() {
    return NAMES[this.id()];
  }
}

const nameOf: ResolveFn<string> = ({ params }) => NAMES[params["id"]]!;

@Component({
  selector: "app-root",
  imports: [RouterLink, RouterOutlet],
  template: `
    <nav>
      <a id="home" routerLink="/">home</a>
      <a id="stores" routerLink="/stores">stores</a>
      <a id="dress" routerLink="/products/dress">dress</a>
      <a id="journal" routerLink="/journal">journal</a>
      <a id="about" routerLink="/about">about</a>
    </nav>
    <main><router-outlet /></main>
  `,
})
class Frame {}

const routes = [
  { path: "", pathMatch: "full" as const, component: Home, title: "Home" },
  { path: "stores", component: Stores },
  { path: "products/:id", component: Product, title: nameOf },
  { path: "journal", component: Journal, title: "Journal" },
  { path: "about", component: About, title: "About us" },
];

bootstrapApplication(Frame, {
  providers: [
    provideZonelessChangeDetection(),
    provideRouter(routes, withComponentInputBinding()),
    { provide: TitleStrategy, useClass: OfTheShop },
  ],
});
