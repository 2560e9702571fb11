package import BackupDomain

/// The monitor that raises the alarm when no sign of life comes any more.
package struct HeartbeatSettings: SettingsSection, Hashable {
    /// A file that holds the ping URL.
    package var urlFile: String?
    /// The ping URL.
    package var url: Secret?

    /// Creates the section as it is where nothing is set.
    package init() {}

    /// Whether a monitor is to be given signs of life.
    package var isSet: Bool { self.urlFile != nil || self.url != nil }

    package static let fields: [SettingField<Self>] = [
        .value(
            "urlFile",
            \.urlFile,
            .secretFile("/run/secrets/heartbeat-url"),
            "A file that holds the ping URL of a monitor like healthchecks.io."
        ),
        .value("url", \.url, .secret, "The ping URL."),
    ]

    package func check(_ report: inout SectionReport) {
        if self.urlFile != nil, self.url != nil {
            report.note("urlFile", "the ping URL is given by a variable too", fix: "Keep one of the two.")
        }
    }
}
