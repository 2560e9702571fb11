/// Our variables: those that set settings, those of a meaning of their own, and those that only look like ours.
package enum KnownVariables {
    /// A variable that sets no key.
    package struct Other: Sendable, Hashable {
        /// The variable.
        package var name: String
        /// What it does.
        package var summary: String
    }

    /// The variables that set no key.
    package static let others = [
        Other(name: "APIM_BACKUP_SETTINGS", summary: "The settings file, where `--settings` names none."),
        Other(
            name: "APIM_BACKUP_BLOB_ENDPOINT",
            summary:
                "The blob endpoint of every account for which `storage.blobEndpoint` says nothing. An endpoint whose "
                + "host is an address or localhost serves all accounts by path."
        ),
        Other(name: "APIM_BACKUP_CLOCK", summary: "A clock on this machine to go by, for trials with a local Azure."),
    ]

    /// Finds variables that look like ours and are not known, so that no word is lost because of a slip.
    ///
    /// - Parameters:
    ///   - variables: The environment.
    ///   - keys: The keys that there are.
    /// - Returns: A problem for each.
    static func problems(_ variables: [String: String], keys: [SettingKey]) -> [SettingsProblem] {
        let known = Self.names(keys, .top) + Self.others.map(\.name)
        let set = Set(known)
        return variables.keys.sorted().compactMap { name in
            guard name.hasPrefix(SettingPath.variablePrefix), !set.contains(name), !Self.isServiceLink(name),
                variables[name]?.isEmpty == false
            else { return nil }
            let near = Suggestion.nearest(to: name, among: known).map { "Did you mean \($0)?" }
            return SettingsProblem(
                at: .variable(name),
                field: "",
                what: "there is no such variable",
                fix: near ?? "Unset it, or see 'apim-backup config show' and docs/settings.md for those that there are."
            )
        }
    }

    /// The names of the variables that set keys.
    ///
    /// - Parameters:
    ///   - keys: The keys.
    ///   - path: Where they stand.
    /// - Returns: The names, in the order of the keys.
    static func names(_ keys: [SettingKey], _ path: SettingPath) -> [String] {
        keys.flatMap { key -> [String] in
            let path = path.appending(key.name)
            guard case .section(let children) = key.content else {
                return key.name == "version" ? [] : path.variable.map { [$0] } ?? []
            }
            return Self.names(children, path)
        }
    }

    /// The names of the variables that hold secrets.
    static var secretNames: [String] {
        func search(_ keys: [SettingKey], _ path: SettingPath) -> [String] {
            keys.flatMap { key -> [String] in
                let path = path.appending(key.name)
                if case .section(let children) = key.content { return search(children, path) }
                return key.isSecret ? path.variable.map { [$0] } ?? [] : []
            }
        }
        return search(ProgramSettings.keys, .top)
    }

    /// Whether Kubernetes made it for a service named `apim-backup`: it tells every pod of a namespace where services are.
    ///
    /// Source: <https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables>
    private static func isServiceLink(_ name: String) -> Bool {
        let rest = name.dropFirst(SettingPath.variablePrefix.count)
        return rest == "SERVICE_HOST" || rest == "PORT" || rest.hasPrefix("SERVICE_PORT") || rest.hasPrefix("PORT_")
    }
}
