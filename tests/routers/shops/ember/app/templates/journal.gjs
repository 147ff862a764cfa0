import { pageTitle } from "ember-page-title";

<template>
  {{pageTitle "Journal"}}
  <h1>Journal</h1>
</template>
