import EmulatorRuntime
import HTTPTypes

/// One container of a job, as its template names it.
struct JobContainer: Sendable, Equatable {
    /// A variable of the container: a text, or the name of a secret.
    enum Variable: Sendable, Equatable {
        case text(String)
        case secret(String)
    }

    /// The container's name.
    var name: String
    /// The image.
    var image: String
    /// What is run in the place of what the image says; empty for that.
    var command: [String]
    /// The arguments.
    var arguments: [String]
    /// The variables.
    var variables: [String: Variable]
    /// Where volumes are mounted: folders by the volumes' names.
    var mounts: [String: String]

    /// Reads a container of a template.
    ///
    /// Source: `Container` of the specification of Microsoft.App, 2025-07-01.
    init(_ json: JSON, secrets: Set<String>) throws(ManagementError) {
        guard let name = json.member("name")?.string, !name.isEmpty else {
            throw .badContainer("?", "name", "is missing")
        }
        guard let image = json.member("image")?.string, !image.isEmpty else {
            throw .badContainer(name, "image", "is missing")
        }
        self.name = name
        self.image = image
        self.command = (json.member("command")?.array ?? []).compactMap(\.string)
        self.arguments = (json.member("args")?.array ?? []).compactMap(\.string)
        self.variables = [:]
        self.mounts = [:]
        for mount in json.member("volumeMounts")?.array ?? [] {
            guard let volume = mount.member("volumeName")?.string, let folder = mount.member("mountPath")?.string,
                folder.hasPrefix("/")
            else { throw .badContainer(name, "volumeMounts", "needs a volumeName and an absolute mountPath") }
            self.mounts[volume] = folder
        }
        for variable in json.member("env")?.array ?? [] {
            guard let key = variable.member("name")?.string, !key.isEmpty else {
                throw .badContainer(name, "env", "has an entry without a name")
            }
            guard let secret = variable.member("secretRef")?.string else {
                self.variables[key] = .text(variable.member("value")?.string ?? "")
                continue
            }
            guard secrets.contains(secret) else {
                throw .badContainer(name, "env.\(key)", "names the secret '\(secret)', which the job does not have")
            }
            self.variables[key] = .secret(secret)
        }
    }
}

extension ManagementError {
    /// Source: the code as public issue reports quote it; the words are ours.
    static func badContainer(_ name: String, _ field: String, _ fault: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "InvalidParameterValueInContainerTemplate",
            message:
                "The following field(s) are either invalid or missing. Field 'template.containers.\(name).\(field)' "
                + "is invalid with details: it \(fault)."
        )
    }
}
