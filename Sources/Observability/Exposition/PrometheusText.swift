/// Metrics as the text that Prometheus reads.
///
/// Hand-written: no listed package writes it.
///
/// Source: <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format> (0.0.4)
package enum PrometheusText {
    /// The media type of the text.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Writes metrics: families in the order of their names' list, series in that of their labels.
    ///
    /// - Parameter families: The metrics; several families of one name are written as one.
    /// - Returns: The page.
    package static func page(_ families: [MetricFamily]) -> String {
        var text = ""
        for name in MetricName.allCases {
            let samples = families.filter { $0.name == name }.flatMap(\.samples)
            guard !samples.isEmpty else { continue }
            text += "# HELP \(name.rawValue) \(Self.escaped(name.help, quotes: false))\n"
            text += "# TYPE \(name.rawValue) \(name.kind.rawValue)\n"
            for line in samples.map({ "\(name.rawValue)\(Self.labels($0)) \(Self.number($0.value))" }).sorted() {
                text += line + "\n"
            }
        }
        return text
    }

    private static func labels(_ sample: MetricSample) -> String {
        guard !sample.labels.isEmpty else { return "" }
        let pairs = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
        return "{\(pairs.joined(separator: ","))}"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        let text = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return quotes ? text.replacing("\"", with: "\\\"") : text
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }
}
