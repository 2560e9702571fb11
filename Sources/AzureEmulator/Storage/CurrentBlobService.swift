import EmulatorRuntime

/// The blob storage behind a look at the clock, so that a backup whose time has come is seen by whoever lists or
/// reads blobs.
struct CurrentBlobService: EmulatedService {
    let cloud: Cloud
    let service: any EmulatedService

    func respond(to request: EmulatedRequest) async -> EmulatedResponse {
        self.cloud.advance()
        return await self.service.respond(to: request)
    }
}
