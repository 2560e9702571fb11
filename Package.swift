// swift-tools-version: 6.3

import PackageDescription

/// The settings of every target of ours; dependencies keep their own.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let heapModule = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioFoundation = Target.Dependency.product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let swiftASN1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")

let package = Package(
    name: "apim-backup",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "apim-backup", targets: ["apim-backup"]),
        .executable(name: "azure-emulator", targets: ["azure-emulator"]),
        .executable(name: "simulate", targets: ["simulate"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .target(name: "BackupDomain", swiftSettings: settings),
        .target(
            name: "AzureClient",
            dependencies: [
                "BackupDomain", asyncHTTPClient, crypto, cryptoExtras, httpTypes, nioCore, nioHTTP1, nioPosix, nioSSL,
                subprocess,
                systemPackage,
            ],
            swiftSettings: settings
        ),
        .target(name: "BackupEngine", dependencies: ["BackupDomain", crypto, logging], swiftSettings: settings),
        .systemLibrary(name: "Zlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Inventory", dependencies: ["BackupDomain", "Zlib", crypto], swiftSettings: settings),
        .target(name: "Scheduling", dependencies: ["BackupDomain", heapModule], swiftSettings: settings),
        .target(name: "Deployment", swiftSettings: settings),
        .target(
            name: "Provisioning",
            dependencies: ["BackupDomain", "BackupEngine", "Deployment"],
            swiftSettings: settings
        ),
        .target(
            name: "Doctor",
            dependencies: ["BackupDomain", "BackupEngine", "Deployment", "Provisioning"],
            swiftSettings: settings
        ),
        .target(
            name: "Serving",
            dependencies: [
                "BackupDomain", "Scheduling", httpTypes, hummingbirdCore, logging, nioCore, nioPosix, serviceLifecycle,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Notifications",
            dependencies: ["AzureClient", "BackupDomain", crypto, httpTypes],
            swiftSettings: settings
        ),
        .target(
            name: "FieldTest",
            dependencies: ["AzureClient", "BackupDomain", httpTypes],
            swiftSettings: settings
        ),
        .target(
            name: "Observability",
            dependencies: ["BackupDomain", coreMetrics, logging],
            swiftSettings: settings
        ),
        .target(name: "LocalFiles", dependencies: ["BackupDomain", "BackupEngine"], swiftSettings: settings),
        .target(name: "Settings", dependencies: ["BackupDomain", yams], swiftSettings: settings),
        .target(
            name: "Commands",
            dependencies: [
                "AzureClient",
                "AzureEmulator",
                "BackupDomain",
                "BackupEngine",
                "Deployment",
                "Inventory",
                "Doctor",
                "FieldTest",
                "LocalFiles",
                "Notifications",
                "Observability",
                "Provisioning",
                "Scheduling",
                "Serving",
                "Settings",
                argumentParser,
                coreMetrics,
                logging,
                serviceLifecycle,
                unixSignals,
            ],
            swiftSettings: settings
        ),
        .target(name: "EmulatorRuntime", dependencies: [httpTypes], swiftSettings: settings),
        .target(
            name: "EmulatorBlobStorage",
            dependencies: ["EmulatorRuntime", crypto, httpTypes],
            swiftSettings: settings
        ),
        .target(name: "EmulatorExpressions", dependencies: ["EmulatorRuntime"], swiftSettings: settings),
        .target(
            name: "EmulatorDeployments",
            dependencies: ["EmulatorExpressions", "EmulatorRuntime", crypto],
            swiftSettings: settings
        ),
        .target(
            name: "EmulatorWorkflows",
            dependencies: ["EmulatorExpressions", "EmulatorRuntime"],
            swiftSettings: settings
        ),
        .target(
            name: "AzureEmulator",
            dependencies: [
                "EmulatorBlobStorage", "EmulatorDeployments", "EmulatorExpressions", "EmulatorRuntime",
                "EmulatorWorkflows", argumentParser,
                crypto, cryptoExtras, httpTypes,
                hummingbirdCore, hummingbirdTLS, logging, nioCore,
                nioFoundation, nioPosix, nioSSL, serviceLifecycle, subprocess, swiftASN1, systemPackage, unixSignals,
                x509,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "TestSupport",
            dependencies: ["AzureClient", "BackupDomain", httpTypes],
            swiftSettings: settings
        ),
        .target(
            name: "Simulation",
            dependencies: ["AzureClient", "BackupDomain", "BackupEngine", httpTypes],
            swiftSettings: settings
        ),
        .executableTarget(name: "simulate", dependencies: ["Simulation", argumentParser], swiftSettings: settings),
        .executableTarget(
            name: "nominal-times",
            dependencies: ["BackupDomain", "Scheduling"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "schedule-load",
            dependencies: ["AzureClient", "BackupDomain", "BackupEngine", "Scheduling"],
            swiftSettings: settings
        ),
        .executableTarget(name: "apim-backup", dependencies: ["Commands"], swiftSettings: settings),
        .executableTarget(name: "azure-emulator", dependencies: ["AzureEmulator"], swiftSettings: settings),
        .testTarget(
            name: "BackupDomainTests",
            dependencies: ["BackupDomain", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AzureClientTests",
            dependencies: [
                "AzureClient", "BackupDomain", "TestSupport", crypto, cryptoExtras, httpTypes, nioCore, nioHTTP1,
                nioPosix,
                nioSSL, swiftASN1, x509,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "BackupEngineTests",
            dependencies: ["BackupDomain", "BackupEngine", "TestSupport"],
            resources: [.copy("Catalog/Fixtures")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SchedulingTests",
            dependencies: ["BackupDomain", "Scheduling", "TestSupport"],
            resources: [.copy("Fixtures")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ServingTests",
            dependencies: ["BackupDomain", "BackupEngine", "Serving", logging, serviceLifecycle],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ObservabilityTests",
            dependencies: ["BackupDomain", "Observability", "TestSupport", coreMetrics, logging],
            exclude: ["Golden"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "NotificationsTests",
            dependencies: ["AzureClient", "BackupDomain", "Notifications", "TestSupport", httpTypes],
            exclude: ["Golden"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AzureEmulatorTests",
            dependencies: [
                "AzureEmulator", "EmulatorBlobStorage", "EmulatorRuntime", "EmulatorWorkflows", argumentParser,
                asyncHTTPClient, crypto,
                cryptoExtras, httpTypes,
                nioCore, nioFoundation, nioHTTP1, nioSSL, subprocess, swiftASN1, systemPackage, x509,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EmulatorBlobStorageTests",
            dependencies: ["EmulatorBlobStorage", "EmulatorRuntime", httpTypes],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EmulatorExpressionsTests",
            dependencies: ["EmulatorExpressions", "EmulatorRuntime"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EmulatorDeploymentsTests",
            dependencies: ["EmulatorDeployments", "EmulatorExpressions", "EmulatorRuntime"],
            resources: [.copy("Fixtures")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EmulatorWorkflowsTests",
            dependencies: ["EmulatorExpressions", "EmulatorRuntime", "EmulatorWorkflows"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DeploymentTests",
            dependencies: ["BackupDomain", "Deployment", "TestSupport"],
            resources: [.copy("Fixtures")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "FieldTestTests",
            dependencies: ["AzureClient", "BackupDomain", "FieldTest", "TestSupport", httpTypes],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DoctorTests",
            dependencies: ["BackupDomain", "BackupEngine", "Doctor", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ProvisioningTests",
            dependencies: ["BackupDomain", "Deployment", "Provisioning", "TestSupport"],
            resources: [.copy("Fixtures")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["Simulation"],
            resources: [.copy("Corpus")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "InventoryTests",
            dependencies: ["BackupDomain", "Inventory", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SettingsTests",
            dependencies: ["BackupDomain", "Settings"],
            exclude: ["Golden"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "BackupDomain", "Commands", "Deployment", "Inventory", "TestSupport", argumentParser,
            ],
            exclude: ["Golden"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "AzureClient", "AzureEmulator", "BackupDomain", "BackupEngine", "Commands", "FieldTest", "Inventory",
                "LocalFiles", "TestSupport", httpTypes, nioCore, nioHTTP1, nioPosix,
            ],
            resources: [.copy("Fixtures")],
            swiftSettings: settings
        ),
    ]
)
