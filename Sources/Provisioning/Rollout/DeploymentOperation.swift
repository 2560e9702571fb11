import BackupDomain

/// What became of one resource of a deployment.
///
/// Source: <https://learn.microsoft.com/rest/api/resources/deployment-operations/list>
struct DeploymentOperation: Sendable {
    /// The resource's id.
    var target: String
    /// How it stands.
    var state: String
    /// The status of the call that made it.
    var status: Int
    /// Azure's code, where it failed.
    var code: String?
    /// Azure's message, where it failed.
    var message: String?
    /// Whether the resource was only read.
    var isRead: Bool

    /// Reads an operation; nil for one that stands for no resource, such as the evaluation of outputs.
    init?(_ json: JSONValue) {
        let properties = json["properties"]
        guard let target = properties?["targetResource"]?["id"]?.string else { return nil }
        self.target = target
        self.state = properties?["provisioningState"]?.string?.lowercased() ?? ""
        self.isRead = properties?["provisioningOperation"]?.string?.lowercased() == "read"
        self.status = properties?["statusCode"]?.string.flatMap(Self.status) ?? 0
        var error = properties?["statusMessage"]?["error"] ?? properties?["statusMessage"]
        while let inner = error?["details"]?.array?.first { error = inner["error"] ?? inner }
        self.code = error?["code"]?.string
        self.message = error?["message"]?.string
    }

    /// Azure writes the status by its name.
    private static func status(_ name: String) -> Int? {
        if let number = Int(name) { return number }
        let names = [
            "ok": 200, "created": 201, "accepted": 202, "badrequest": 400, "unauthorized": 401, "forbidden": 403,
            "notfound": 404, "conflict": 409,
        ]
        return names[name.lowercased()]
    }

    var succeeded: Bool { self.state == "succeeded" }
    var failed: Bool { self.state == "failed" }
    var isDeployment: Bool { self.target.lowercased().contains("/providers/microsoft.resources/deployments/") }

    /// The resource's type and name, for people.
    var title: String { ShortID.title(of: self.target) }
}
