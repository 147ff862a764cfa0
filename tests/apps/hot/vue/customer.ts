import { ref } from "vue";

export const customer = ref(1);
