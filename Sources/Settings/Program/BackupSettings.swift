package import BackupDomain

/// How an instance is backed up: said once for all instances, and again for one where it differs.
package struct BackupSettings: SettingsSection, Hashable {
    /// The subscription to look in; nil for all that can be seen.
    package var subscription: String?
    /// Where backups and records are.
    package var storage = StorageSettings()
    /// How API Management reaches the storage account.
    package var access = AccessSettings()
    /// The template of backups' names.
    package var backupName = BackupNameTemplate.standard
    /// How long an accepted backup is followed.
    package var timeout: Duration = .seconds(12 * 3600)
    /// How long another operation is waited for that holds the instance.
    package var waitBusy: Duration = .zero
    /// The oldest that the newest verified backup may be; nil where the schedule says it.
    package var maxAge: Duration?
    /// How much of what lies in it is read with each backup.
    package var inventory = InventoryLevel.names
    /// Whether only its inventory is taken, and no backup made; said for single instances.
    package var inventoryOnly = false
    /// When it is backed up.
    package var schedule = ScheduleSettings()
    /// What is kept.
    package var retention = RetentionPolicy()
    /// When its backups are tried.
    package var drill = DrillSettings()

    /// Creates the defaults of the product.
    package init() {}

    package static let fields: [SettingField<Self>] = [
        .value(
            "subscription",
            \.subscription,
            .text(
                "the id of a subscription",
                example: "00000000-0000-0000-0000-000000000000",
                pattern: "^[0-9A-Za-z-]{1,64}$",
                where: { (1...64).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isIDByte) }
            ),
            "The subscription to look in; all that can be seen by default."
        ),
        .section("storage", \.storage, "Where backups and records are."),
        .section("access", \.access, "How API Management reaches the storage account."),
        .value(
            "backupName",
            \.backupName,
            .backupName,
            "The names of backups; the fields are {instance}, {time} and {date}."
        ),
        .value(
            "timeout",
            \.timeout,
            .duration(.zero ... .seconds(30 * 86_400)),
            "How long an accepted backup is followed; what takes longer is left to the next run. Scheduled ones are followed for 12h at least."
        ),
        .value(
            "waitBusy",
            \.waitBusy,
            .duration(.zero ... .seconds(30 * 86_400)),
            "How long another operation is waited for that holds the instance."
        ),
        .value(
            "maxAge",
            \.maxAge,
            .duration(.zero ... .seconds(3650 * 86_400), example: "26h"),
            """
            The oldest that the newest verified backup may be; without a word the longest interval of the schedule and twice \
            the usual duration of a run, two hours at least: a day and two hours for each night.
            """
        ),
        .value(
            "inventory",
            \.inventory,
            .choice,
            "How much of what lies in the instance is read just before each backup: `names`, `full` (each operation's policy too), `everything` (also schemas, diagnostics and wikis of each API), or `off`."
        ),
        .section("schedule", \.schedule, "When backups are due, for `serve` and `run --due`."),
        .section("retention", \.retention, "What is kept. Without a rule nothing is ever deleted."),
        .section(
            "drill",
            \.drill,
            "When its newest backup is restored into a scratch instance, for `serve` and `run --due`."
        ),
    ]

    /// The rules of drills; nil where there are no drills by schedule, or no backups to make them with.
    package var drillRules: DrillRules? { self.inventoryOnly ? nil : self.drill.rules }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
    }
}

extension SettingType<BackupNameTemplate> {
    fileprivate static var backupName: Self {
        let traits = SettingTraits(
            name: "template",
            rule: "a name with {time} in it, without slashes",
            example: BackupNameTemplate.standard.text,
            schema: ["type": .string("string"), "pattern": .string("\\{time\\}"), "maxLength": .integer(200)]
        )
        return Self(traits) { text in
            do throws(BackupError) {
                return .success(try BackupNameTemplate(text))
            } catch {
                return .failure(SettingMistake(error.clause))
            }
        } text: {
            $0.text
        }
    }
}
