// What others publish of themselves, with where.

export const CITED = [
  {
    name: "RudderStack server",
    what: "its gateway on 2 cores and 8 GB (m5.large), with PostgreSQL on a machine of its own (db.m4.xlarge)",
    figure: "1,700 events/s",
    source: "<https://www.rudderstack.com/docs/user-guides/administrators-guide/infra-provisioning/>",
  },
  {
    name: "RudderStack",
    what: "its hosted service, queues in PostgreSQL, on how many machines it does not say",
    figure: "100,000 events/s",
    source: "<https://www.rudderstack.com/blog/lessons-from-scaling-postgresql>",
  },
  {
    name: "Snowplow's collector",
    what: "the whole Quick Start pipeline as it is installed; load tests with more machines reached tens of thousands of requests a second",
    figure: "some 100 events/s",
    source: "<https://discourse.snowplow.io/t/handle-up-events-per-second/7783>",
  },
  {
    name: "Vector",
    what: "its buffer on disk, by its maintainers' benchmark of 2019; in memory 68 MiB/s. At 300 bytes a record that is some 73,000 records/s",
    figure: "20.9 MiB/s",
    source: "<https://github.com/vectordotdev/vector/pull/84>",
  },
];
