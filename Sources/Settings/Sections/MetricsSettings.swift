/// Where metrics go beside the page that is scraped.
package struct MetricsSettings: SettingsSection, Hashable {
    /// A file for the textfile collector of Prometheus's node_exporter.
    package var textfile: String?

    /// Creates the section as it is where nothing is set.
    package init() {}

    package static let fields: [SettingField<Self>] = [
        .value(
            "textfile",
            \.textfile,
            .text(
                "the absolute path of a file that ends in .prom",
                example: "/var/lib/prometheus/node-exporter/apim-backup.prom",
                pattern: "^/.+\\.prom$",
                where: Self.isPath
            ),
            "A file that `run --due` writes its metrics into, for the textfile collector of node_exporter."
        )
    ]

    private static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && text.hasSuffix(".prom") && !text.hasSuffix("/.prom") && text.utf8.count <= 4096
            && text.unicodeScalars.allSatisfy { $0.value > 31 }
    }
}
