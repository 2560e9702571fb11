import BackupDomain
package import FoundationEssentials

/// What `/readyz` says: whether the settings are loaded, their zones and instances resolve and the catalogs answer.
package struct Readiness: Encodable, Sendable {
    /// The settings in force.
    package struct Settings: Encodable, Sendable {
        /// The file; nil where there is none.
        package var file: String?
        /// When they were read.
        package var loadedAt: Date
        /// Why a newer state of the file was refused; nil where none was.
        package var refused: String?

        /// Creates a value.
        package init(file: String?, loadedAt: Date, refused: String? = nil) {
            self.file = file
            self.loadedAt = loadedAt
            self.refused = refused
        }
    }

    /// An instance that does not resolve.
    package struct Unresolved: Encodable, Sendable, Hashable {
        /// The instance as the settings name it.
        package var instance: String
        /// Why.
        package var reason: String

        /// Creates a value.
        package init(instance: String, reason: String) {
            self.instance = instance
            self.reason = reason
        }
    }

    /// A container of records.
    package struct Catalog: Encodable, Sendable, Hashable {
        /// The account and the container.
        package var place: String
        /// Why it does not answer; nil where it does.
        package var reason: String?

        /// Creates a value.
        package init(place: String, reason: String? = nil) {
            self.place = place
            self.reason = reason
        }
    }

    /// Whether all is well.
    package let ready: Bool
    /// The settings in force.
    package let settings: Settings
    /// How many instances they list.
    package let instances: Int
    /// Whether all instances have been looked for.
    package let checked: Bool
    /// Those that do not resolve.
    package let unresolved: [Unresolved]
    /// The containers of records.
    package let catalogs: [Catalog]
    /// When the next instance is due; nil where none is.
    package let nextAt: Date?

    /// Judges.
    ///
    /// A refused newer state of the file makes nothing unready: the former settings are in force.
    package init(
        settings: Settings,
        instances: Int,
        checked: Bool,
        unresolved: [Unresolved],
        catalogs: [Catalog],
        nextAt: Date?
    ) {
        self.ready = checked && unresolved.isEmpty && catalogs.allSatisfy { $0.reason == nil }
        self.settings = settings
        self.instances = instances
        self.checked = checked
        self.unresolved = unresolved
        self.catalogs = catalogs
        self.nextAt = nextAt
    }

    /// The page: 200 where all is well, else 503.
    package var page: HTTPPage { .json(status: self.ready ? 200 : 503, self) }
}
