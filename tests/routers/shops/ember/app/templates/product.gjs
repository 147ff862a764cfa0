import { pageTitle } from "ember-page-title";

<template>
  {{pageTitle @model}}
  <h1>{{@model}}</h1>
</template>
