import { LinkTo } from "@ember/routing";
import { pageTitle } from "ember-page-title";

<template>
  {{pageTitle "Acme"}}
  <nav>
    <LinkTo id="home" @route="index">home</LinkTo>
    <LinkTo id="stores" @route="stores">stores</LinkTo>
    <LinkTo id="dress" @route="product" @model="dress">dress</LinkTo>
    <LinkTo id="journal" @route="journal">journal</LinkTo>
    <LinkTo id="about" @route="about">about</LinkTo>
  </nav>
  <main>{{outlet}}</main>
</template>
