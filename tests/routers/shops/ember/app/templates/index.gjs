import { pageTitle } from "ember-page-title";

<template>
  {{pageTitle "Home"}}
  <h1>Home</h1>
</template>
