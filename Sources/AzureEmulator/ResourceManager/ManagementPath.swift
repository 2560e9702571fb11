import EmulatorRuntime

/// A path of the Resource Manager, taken apart: the scope before the last `providers`, and what is asked of it.
///
/// Source: "Resource naming and ids"; paths are matched without regard to case.
struct ManagementPath: Sendable, Equatable {
    /// What lies before the last `providers`, or the whole path where there is none.
    let scope: Scope
    /// The namespace after the last `providers`, as it was written.
    let namespace: String?
    /// The segments after the namespace, as they were written: type, name, type, name or an action.
    let rest: [String]

    init(segments: [String]) {
        if segments.count > 4, segments[2].lowercased() == "resourcegroups", segments[4].lowercased() == "deployments" {
            // The oldest way of writing it, which clients still use for the operations of a deployment.
            self.scope = Scope(segments[..<4].joined(separator: "/"))
            self.namespace = "Microsoft.Resources"
            self.rest = Array(segments[4...])
            return
        }
        guard let index = segments.lastIndex(where: { $0.lowercased() == "providers" }) else {
            self.scope = Scope(segments.joined(separator: "/"))
            self.namespace = nil
            self.rest = []
            return
        }
        self.scope = Scope(segments[..<index].joined(separator: "/"))
        self.namespace = index + 1 < segments.count ? segments[index + 1] : ""
        self.rest = Array(segments.dropFirst(index + 2))
    }

    /// The segment of ``rest`` in lower case, where there is one.
    func part(_ index: Int) -> String? { index < self.rest.count ? self.rest[index].lowercased() : nil }

    /// The scope of the resource that the first type and name stand for.
    var resourceScope: Scope? {
        guard let namespace = self.namespace, self.rest.count >= 2 else { return nil }
        return self.scope.appending("providers/\(namespace)/\(self.rest[0])/\(self.rest[1])")
    }

    /// The types after the namespace, such as `storageAccounts/blobServices`.
    var type: String { stride(from: 0, to: self.rest.count, by: 2).map { self.rest[$0] }.joined(separator: "/") }

    /// The scope of everything that the path names, whatever is asked of it.
    var fullScope: Scope {
        guard let namespace = self.namespace else { return self.scope }
        return self.scope.appending((["providers", namespace] + self.rest).joined(separator: "/"))
    }
}
