/// One value of a metric with its labels.
package struct MetricSample: Sendable, Hashable {
    /// A label of a series.
    package struct Label: Sendable, Hashable {
        /// The label's name.
        package var name: String
        /// The label's value.
        package var value: String

        /// Creates a label.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The labels, in the order in which they are shown.
    package var labels: [Label]
    /// The value.
    package var value: Double

    /// Creates a sample.
    package init(_ value: Double, _ labels: [Label] = []) {
        self.value = value
        self.labels = labels
    }
}
