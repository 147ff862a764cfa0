// A global vendor list in the shape of IAB's, version 3, with the purposes and without a vendor.

const purpose = (id) => [id, { id, name: `Purpose ${id}`, description: "", illustrations: [] }];

export const vendorList = {
  gvlSpecificationVersion: 3,
  vendorListVersion: 1,
  tcfPolicyVersion: 5,
  lastUpdated: "2026-01-01T00:00:00Z",
  purposes: Object.fromEntries(Array.from({ length: 11 }, (_, at) => purpose(at + 1))),
  specialPurposes: {},
  features: {},
  specialFeatures: {},
  stacks: {},
  dataCategories: {},
  vendors: {},
};
