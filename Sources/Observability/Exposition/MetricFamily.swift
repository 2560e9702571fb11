/// All series of one metric.
package struct MetricFamily: Sendable, Hashable {
    /// What kind of metric it is.
    package enum Kind: String, Sendable {
        /// It goes up only, and begins anew with the process.
        case counter
        /// It goes up and down.
        case gauge
    }

    /// The metric.
    package var name: MetricName
    /// Its series.
    package var samples: [MetricSample]

    /// Creates a family.
    package init(_ name: MetricName, _ samples: [MetricSample]) {
        self.name = name
        self.samples = samples
    }
}
