import BackupDomain

/// The settings in force: file, variables and flags as one checked value.
package struct ProgramSettings: SettingsSection {
    /// The newest format that is read, and the one that is written.
    package static let currentVersion = 1

    /// The format's version.
    package var version = Self.currentVersion
    /// The cloud; nil for Azure's own, or the one of the metadata document.
    package var cloud: String?
    /// Which credential to use; nil for all, in their order, or those of `AZURE_TOKEN_CREDENTIALS`.
    package var credential: String?
    /// The api-version of API Management's calls.
    package var apiVersion = "2024-05-01"
    /// How many instances are worked on at once.
    package var width = 4
    /// How the daemon works.
    package var serve = ServeSettings()
    /// What holds for all instances.
    package var backup = BackupSettings()
    /// The instances that are backed up, each with what holds for it.
    package var instances: [InstanceSettings] = []

    /// Who is told when something is wrong.
    package var notifications = NotificationSettings()
    /// When the doctor looks by itself.
    package var doctor = DoctorSettings()
    /// Where metrics go.
    package var metrics = MetricsSettings()
    /// The log of what goes on.
    package var log = LogSettings()

    /// Where values come from.
    package internal(set) var origins = SettingOrigins()
    /// The settings file; nil where there is none.
    package internal(set) var file: String?

    /// Creates the defaults of the product, with no instance.
    package init() {}

    package static let fields: [SettingField<Self>] =
        [
            .value(
                "version",
                \.version,
                .integer(1...Self.currentVersion),
                "The format's version; a file must name it, a newer one is refused."
            ),
            .value(
                "cloud",
                \.cloud,
                .text("a cloud's name", example: "AzureCloud", pattern: "^[0-9A-Za-z_.-]{1,64}$", where: Self.isWord),
                "AzureCloud, AzureUSGovernment, AzureChinaCloud, or a name from the document at `ARM_CLOUD_METADATA_URL`."
            ),
            .value(
                "credential",
                \.credential,
                .credential,
                "The only credential to try; all in this order by default, or those of `AZURE_TOKEN_CREDENTIALS`."
            ),
            .value("apiVersion", \.apiVersion, .apiVersion, "The api-version of API Management's calls."),
            .value("width", \.width, .integer(1...64), "How many instances are worked on at once by one command."),
            .section("serve", \.serve, "How the daemon works, `apim-backup serve`."),
        ] + BackupSettings.fields.map { $0.lifted(\.backup) } + [
            .sections(
                "instances",
                \.instances,
                "The instances that are backed up: names, or sections with what differs for one."
            ),
            .section(
                "notifications",
                \.notifications,
                "Who is told when something is wrong, and when it is well again."
            ),
            .section("doctor", \.doctor, "The doctor, as `serve` and `run --due` repeat it each day."),
            .section("metrics", \.metrics, "Where metrics go."),
            .section("log", \.log, "The log of what goes on: one line an event."),
        ]

    private static func isWord(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [45, 46, 95].contains(byte)
            }
    }

    package func check(_ report: inout SectionReport) {
        // By name, since a fleet of thousands is not to be compared each with each.
        var seen: [String: [InstanceSettings]] = [:]
        for (index, instance) in self.instances.enumerated() where !instance.instanceName.isEmpty {
            let name = instance.instanceName.lowercased()
            if seen[name, default: []].contains(where: { Self.mayBeSame($0, instance) }) {
                report.note(
                    "instances[\(index)]",
                    "'\(instance.instanceName)' is listed twice",
                    fix: "Keep one entry. Where two instances have that name, give the id of each."
                )
            }
            seen[name, default: []].append(instance)
        }
    }

    /// Whether two entries of one name mean the same instance, or nobody can tell.
    private static func mayBeSame(_ first: InstanceSettings, _ second: InstanceSettings) -> Bool {
        guard let left = first.knownID, let right = second.knownID else { return true }
        return left == right
    }
}

extension SettingType<String> {
    /// The credentials by our names; those that Azure's own libraries know them by are taken too.
    fileprivate static var credential: Self {
        let names = ["environment", "workload-identity", "managed-identity", "azure-cli", "prod", "dev"]
        let shared = ["environment", "workloadidentity", "managedidentity", "azurecli"].map { "\($0)credential" }
        let known = Set(names + shared)
        return .text(
            "environment, workload-identity, managed-identity, azure-cli, prod (the first three) or dev (the last)",
            example: "managed-identity",
            pattern: "^(\((names + shared).joined(separator: "|")))$",
            where: { known.contains($0.lowercased()) }
        )
    }

    fileprivate static var apiVersion: Self {
        .text(
            "a date, with -preview where it is one, such as 2024-05-01",
            example: "2024-05-01",
            pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?$"
        ) { text in
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            let isDate = parts.count >= 3 && parts.prefix(3).map(\.count) == [4, 2, 2]
            let isNumeric = parts.prefix(3).allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
            return isDate && isNumeric && [[], ["preview"]].contains(Array(parts.dropFirst(3)))
        }
    }
}
