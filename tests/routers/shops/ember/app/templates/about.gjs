import { pageTitle } from "ember-page-title";

<template>
  {{pageTitle "About us"}}
  <h1>About us</h1>
</template>
