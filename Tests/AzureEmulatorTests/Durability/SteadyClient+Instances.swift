import NIOHTTP1

/// Changes, deletions and recoveries of instances.
extension SteadyClient {
    func tag(_ instance: String, _ azure: AzureSession) async throws {
        let name = instance.split(separator: "/").last.map(String.init) ?? ""
        self.memory.ask("tags/\(name)", "n\(self.count)")
        let body = #"{"tags": {"note": "n\#(self.count)"}}"#
        _ = try AzureSession.accepted(await azure.manage(.PATCH, instance, body: body))
        self.memory.confirm(etag: nil)
    }

    /// Deletes an instance, or brings it back where it is deleted; both are refused while the other goes on.
    func deleteOrRecover(_ name: String, _ azure: AzureSession) async throws {
        let thing = "deletion/\(name)"
        let path = AzureSession.instance(name)
        let isDeleted = self.memory.seen(thing) != .absent
        self.memory.ask(thing, isDeleted ? "absent" : "deleted")
        if isDeleted {
            let body = #"{"location": "westeurope", "properties": {"restore": true}}"#
            _ = try AzureSession.accepted(await azure.manage(.PUT, path, body: body))
        } else {
            _ = try AzureSession.accepted(await azure.manage(.DELETE, path))
        }
        self.memory.confirm(etag: nil)
    }
}
