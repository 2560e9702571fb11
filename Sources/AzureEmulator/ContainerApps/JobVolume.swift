import EmulatorRuntime

/// A volume of a job: secrets as files.
///
/// Source: `Volume` and `SecretVolumeItem` of the specification of Microsoft.App, 2025-07-01.
struct JobVolume: Sendable, Equatable {
    /// The volume's name.
    var name: String
    /// The secrets by the files that hold them; of a volume of another kind none.
    var secrets: [String: String]

    /// Reads the volumes of a template.
    static func volumes(_ json: JSON?, secrets names: Set<String>) throws(ManagementError) -> [JobVolume] {
        var volumes: [JobVolume] = []
        for element in json?.array ?? [] {
            guard let name = element.member("name")?.string, !name.isEmpty else {
                throw .badJob("template.volumes", "has an entry without a name")
            }
            var volume = JobVolume(name: name, secrets: [:])
            let isSecret = element.member("storageType")?.string?.lowercased() == "secret"
            let items = element.member("secrets")?.array ?? []
            for item in isSecret ? items : [] {
                let secret = item.member("secretRef")?.string ?? ""
                guard names.contains(secret) else {
                    throw .badJob(
                        "template.volumes.\(name)",
                        "names the secret '\(secret)', which the job does not have"
                    )
                }
                volume.secrets[item.member("path")?.string ?? secret] = secret
            }
            // Without a list all secrets are there, each under its own name.
            if isSecret, items.isEmpty { for secret in names { volume.secrets[secret] = secret } }
            volumes.append(volume)
        }
        return volumes
    }
}
