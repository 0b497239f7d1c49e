// generated from openapi.yaml, do not edit
// Enumerations that may grow take any text.
export interface paths {
    "/api/v1/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List clusters
         *
         * Clusters in the order of their registration.
         */
        get: operations["listClusters"];
        put?: never;
        /**
         * Register a cluster
         *
         * Creates a cluster and its credential. The credential is shown in this answer only. An agent that connects with an enrolment
         *     token registers itself; this call is for those who prepare a cluster before its agent starts, or report over HTTP.
         */
        post: operations["registerCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        /** Read a cluster */
        get: operations["getCluster"];
        put?: never;
        post?: never;
        /**
         * Remove a cluster
         *
         * Moves its instances elsewhere first, then forgets the cluster and revokes its credential. With `force` the instances are
         *     declared dead at once, and placed elsewhere: for a site that will not come back.
         */
        delete: operations["removeCluster"];
        options?: never;
        head?: never;
        /**
         * Change a cluster
         *
         * Changes the fields that are present. Instances that run there stay where they are.
         */
        patch: operations["updateCluster"];
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}/drain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drain a cluster
         *
         * Makes the cluster unschedulable and moves its instances elsewhere, each of which runs there before it stops here. The operation
         *     says how many are done and what the others wait for. While the cluster is away its instances wait for its return, unless
         *     their `whenLost` lets them go. `resumeCluster` takes the cluster back.
         */
        post: operations["drainCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a cluster back
         *
         * Makes the cluster schedulable again and cancels a drain or a removal that is under way. What has moved stays where it is
         *     now, the rest stays here.
         */
        post: operations["resumeCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a cluster take part
         *
         * For a cluster that waits for approval, that was rejected or revoked. Its agent comes back by itself, with the credential that it has;
         *     where somebody else may have that, change it with `rotateClusterCredential` first.
         */
        post: operations["approveCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse a cluster that waits for approval
         *
         * Its agent is told so whenever it comes. `removeCluster` forgets it, `approveCluster` takes it after all.
         */
        post: operations["rejectCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shut a cluster out
         *
         * Its session ends, its reports are refused and nothing is placed there. Its instances are treated like those of a cluster that is
         *     away: what may move goes elsewhere in time, the rest waits. `removeCluster` with `force` gives them up, `approveCluster` takes the
         *     cluster back.
         */
        post: operations["revokeCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget the client certificate of a cluster
         *
         * For an agent that has lost the key of its certificate: the certificate is not taken any more, and the next session with the
         *     credential of the cluster may bring another key. Sessions that are open stay.
         */
        delete: operations["forgetClusterCertificate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}/credential": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a cluster another credential
         *
         * Shown in this answer only. The present credential is good until the new one is used for the first time; asked again before that,
         *     only the newest counts. Agents with a session ask over it, with the frame `rotate`.
         */
        post: operations["rotateClusterCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report over HTTP
         *
         * For agents without a WebSocket session. Reports may come twice, late or out of order: an older `(session, sequence)` is
         *     answered with `applied: false` and changes nothing.
         */
        post: operations["submitReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}/workers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        /**
         * List workers
         *
         * The number of workers, and those whose names are known, by name.
         */
        get: operations["listWorkers"];
        put?: never;
        /**
         * Count a worker up
         *
         * One worker more. A worker with a name counts once, however often it is added.
         */
        post: operations["addWorker"];
        /**
         * Count a worker down
         *
         * One worker fewer, never below zero. With `name`, that worker; removing it twice counts once.
         */
        delete: operations["removeWorker"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}/workers/count": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Set the number of workers
         *
         * Sets the number. It cannot be lower than the number of workers known by name.
         */
        put: operations["setWorkerCount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enrolment-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List enrolment tokens
         *
         * Oldest first, until they expire. The token of the installation is not among them.
         */
        get: operations["listEnrolmentTokens"];
        put?: never;
        /**
         * Make an enrolment token
         *
         * A bearer token with which agents enrol their clusters, shown in this answer only. It is good for `uses` new clusters within `hours`.
         *     Clusters that enrol with it belong to its organization.
         */
        post: operations["createEnrolmentToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/enrolment-tokens/{tokenId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an enrolment token
         *
         * Clusters that have enrolled with it stay.
         */
        delete: operations["revokeEnrolmentToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List services
         *
         * Services in the order of their deployment. Terminated services are listed when `phase=UNDEPLOYED` asks for them.
         */
        get: operations["listServices"];
        put?: never;
        /**
         * Deploy a service
         *
         * Takes a descriptor, as JSON or YAML. The name is unique within its application.
         */
        post: operations["deployService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plan a service
         *
         * Says where the instances would go now, and why not elsewhere. Changes nothing.
         */
        post: operations["planService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{serviceId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        /** Read a service */
        get: operations["getService"];
        /**
         * Replace the descriptor
         *
         * Makes a new revision. Instances of the old one are replaced as `update` of the new descriptor says. If an instance does not come
         *     up, the update stops, its operation fails, and the instances that are left go on with the old revision. `name` and `application`
         *     cannot change.
         */
        put: operations["updateService"];
        post?: never;
        /**
         * Terminate a service
         *
         * Stops every instance everywhere, also on clusters that are away, as soon as they return. Repeating it is harmless.
         */
        delete: operations["terminateService"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{serviceId}/scale": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Scale a service
         *
         * To a number (`replicas`), or by a difference (`by`).
         */
        post: operations["scaleService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{serviceId}/migrate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Migrate instances
         *
         * Moves all instances of the service, or the named ones, to a cluster, a location or a worker. Each is healthy at its target before it
         *     stops at its source, unless `strategy` says otherwise; where the target fails, the source stays and the operation says why. At
         *     most 10 are on their way to one cluster at a time, the others wait for their turn.
         */
        post: operations["migrateService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{serviceId}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        /**
         * List the revisions of a service
         *
         * The revisions that are kept, the newest first. A rollback can go to each of them.
         */
        get: operations["listRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{serviceId}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go back to an earlier revision
         *
         * To the named revision, or to the last one that all instances have run. The revision keeps its number, so instances that still run
         *     it stay untouched; the others are replaced as its `update` says. The number of replicas stays.
         */
        post: operations["rollbackService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{serviceId}/update/pause": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause the update of a service
         *
         * No further instance is replaced until the update is resumed, also by revisions wished later. What is being replaced already is
         *     brought to its end. Repeating it is harmless.
         */
        post: operations["pauseUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{serviceId}/update/resume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with the update of a service
         *
         * Goes on with an update that was paused, or that has stopped because its revision did not come up. The answer names the operation
         *     that is under way, or a new one where that has ended.
         */
        post: operations["resumeUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List instances
         *
         * Instances in the order of their creation. Undeployed instances are listed when `phase=UNDEPLOYED` asks for them.
         */
        get: operations["listInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances/{instanceId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the instance. */
                instanceId: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        /** Read an instance */
        get: operations["getInstance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances/{instanceId}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the instance. */
                instanceId: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        /**
         * Explain a placement
         *
         * The decision as it was made, and what each cluster looks like to the scheduler now.
         */
        get: operations["explainPlacement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List operations
         *
         * Newest first.
         */
        get: operations["listOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{operationId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the operation. */
                operationId: components["parameters"]["OperationId"];
            };
            cookie?: never;
        };
        /**
         * Read an operation
         *
         * With `waitMs` the answer comes when the operation ends, or when the time is up.
         */
        get: operations["getOperation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{operationId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the operation. */
                operationId: components["parameters"]["OperationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an operation
         *
         * Takes a wish back that is under way. `deploy`: the service is terminated. `update`, `rollback`: it goes back to the revision and
         *     the number of replicas before. `scale`: back to the number before. `migrate`: what has not moved yet stays; what has stopped at
         *     its source already goes on. `drain`, `removeCluster`: the cluster takes instances again. `terminate` has no way back.
         *     Cancelling a cancelled operation is harmless.
         */
        post: operations["cancelOperation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events
         *
         * The history, oldest first, without gaps. `after` is the sequence number of the last event already seen; where the history after
         *     it is no longer kept, the answer is 410.
         *
         *     With `order=newestFirst` it is read towards the past instead: `before` is the sequence number of the last event of the page
         *     before. What is no longer kept is left out.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the events
         *
         * Server-Sent Events: `id` is the sequence number, `event` the type, `data` an `Event`. A client that reconnects sends
         *     `Last-Event-ID` and misses nothing. Without it and without `after` the stream starts with what happens from now on. Where the
         *     history is no longer kept, the answer is 410; on an open stream an event of type `trimmed` comes last.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         *
         * Oldest first, with how their deliveries do.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Have events sent somewhere
         *
         * Events from now on are sent to `url`: POST requests with up to 100 events each (`WebhookDelivery`), in order, each at least once. An
         *     answer of 2xx within 10 s takes them; redirects are not followed. Anything else is tried again, up to 12 times in about half an hour,
         *     then put aside as a dead letter, and what comes after is tried. Who has failed for a day is switched off.
         *
         *     The header `System-Manager-Signature: t=<unix seconds>,v1=<hexadecimal>` proves a delivery: `v1` is the HMAC-SHA256, under the secret
         *     of this answer, of `<t>.<body>`. Refuse a `t` that is minutes old. `System-Manager-Delivery` is the same each time it is tried.
         *
         *     Addresses in networks that are not public are refused unless `SM_WEBHOOK_NETWORKS` names them.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        /** Read a webhook */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Remove a webhook
         *
         * With its dead letters.
         */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook, or switch it on or off
         *
         * Changes the fields that are present, and forgets failures. One that is switched on again goes on where it was, as far as the history is
         *     kept.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/api/v1/webhooks/{webhookId}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook another secret
         *
         * Shown in this answer only. For 24 hours deliveries are signed with both, one `v1` each.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhookId}/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        /**
         * List deliveries that were given up
         *
         * Oldest first. They are kept for 30 days, the newest 1,000 of each webhook.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhookId}/dead-letters/{letterId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
                /** Id of the dead letter. */
                letterId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver once more what was given up
         *
         * Once, at once, beside the other deliveries. It is forgotten when the receiver has taken it.
         */
        post: operations["redeliverDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedulers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List schedulers */
        get: operations["listSchedulers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedulers/{schedulerName}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Name of the scheduler. */
                schedulerName: components["schemas"]["DnsLabel"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a scheduler
         *
         * Asks the scheduler for one placement that binds nothing.
         */
        post: operations["testScheduler"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         *
         * Gives an access token (a JWT, good for 15 minutes) and a refresh token. A name that nobody has is refused like a wrong password.
         *     From the fifth failure on, signing in under a name is locked for a while, for a longer time with each.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token
         *
         * Gives the next access token and the next refresh token. Each refresh token is good once: the session of one that comes a second
         *     time (after a few seconds, in which a lost answer can be asked for again) ends, because somebody else has a copy.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/openid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to sign in with the identity provider
         *
         * Send the browser to `authorizationUrl` and keep `flow` where only that browser has it. The provider sends the browser back to
         *     `SM_OIDC_REDIRECT_URL` with `code` and `state` in the address; hand these and `flow` to `completeOpenIdSignIn`. There is no such way to
         *     sign in where no provider is configured.
         */
        post: operations["beginOpenIdSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/openid/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with what the identity provider has said
         *
         * At the first time a user without a password is made, under the name that the provider says, unless somebody has it. The roles are each
         *     time those that the groups of the provider mean here.
         */
        post: operations["completeOpenIdSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out
         *
         * Ends the session of the access token; its refresh token is worth nothing any more.
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List organizations
         *
         * Oldest first. Who belongs to an organization sees only that.
         */
        get: operations["listOrganizations"];
        put?: never;
        /**
         * Create an organization
         *
         * A team that shares the installation with others. Its users and keys see only its services, instances, operations, events and
         *     clusters, and the clusters of the installation, which serve everybody.
         */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organizations/{organizationId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the organization. */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        /**
         * Read an organization
         *
         * With its quota, and what its services want of it.
         */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        /**
         * Remove an organization
         *
         * Only when no user, service or cluster belongs to it any more. Its API keys are revoked.
         */
        delete: operations["removeOrganization"];
        options?: never;
        head?: never;
        /**
         * Change an organization
         *
         * Changes the fields that are present; the quota as a whole. A quota below what is used ends nothing, but nothing more can be wanted
         *     then.
         */
        patch: operations["updateOrganization"];
        trace?: never;
    };
    "/api/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read oneself */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change one's password
         *
         * All sessions of the user end, this one too.
         */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         *
         * Oldest first.
         */
        get: operations["listUsers"];
        put?: never;
        /** Create a user */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the user. */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        /** Read a user */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /**
         * Remove a user
         *
         * Its sessions end, and its API keys are revoked.
         */
        delete: operations["removeUser"];
        options?: never;
        head?: never;
        /**
         * Change a user
         *
         * Changes the fields that are present, with effect on open sessions: roles at once, and a disabled user is signed out everywhere.
         *     API keys of the user that allow more than the user may do now are revoked.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/v1/users/{userId}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the password of a user
         *
         * All sessions of the user end.
         */
        put: operations["setPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign a user out everywhere */
        delete: operations["endSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         *
         * Oldest first. People see their own; who may change users sees all.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         *
         * A bearer token for a program, shown in this answer only. It is allowed what `permissions` name, and never more than its maker.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Public keys of access tokens
         *
         * Lets others check access tokens (RFC 7517). Whether a session has been ended is known to the manager alone.
         */
        get: operations["getKeySet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the audit log
         *
         * Who has changed what from where, who was refused, and with which result; newest first. Each entry carries the hash of the one before it. Reports of clusters
         *     are not in it, nor are requests without a valid token.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify the audit log
         *
         * Follows the chain of hashes from what is kept first to what was written last. Whoever keeps the hash that it ends with elsewhere finds it again as that of the entry with this
         *     sequence number, as long as nobody has made the log anew.
         */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Version of the manager */
        get: operations["getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything in a few numbers
         *
         * How many clusters, services and instances there are, by state and phase, what the clusters have and what of it is reserved.
         *     Whoever belongs to an organization gets the numbers of what they can see. The numbers may be a moment old: see `countedAt`.
         */
        get: operations["getSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/storm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Did clusters vanish together
         *
         * More than a set share of the clusters that vanish within a short time are taken for one fault, of the network or of the manager.
         *     Until they return, or `releaseStorm`, nothing is placed elsewhere because its cluster is away.
         */
        get: operations["getStorm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/storm/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that vanished clusters are gone
         *
         * Says that the clusters that are away now are no storm: their instances are treated as if each had vanished by itself. A cluster
         *     that returns and vanishes again counts anew.
         */
        post: operations["releaseStorm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Can the manager do its work */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics in the Prometheus text format */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getContract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Swagger UI
         *
         * Browse and try this contract. Files of the page lie below the same path.
         */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ui": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Dashboard
         *
         * The page for people. Its files, and its own addresses, lie below the same path. It asks the operations of this contract and
         *     nothing else. It can be switched off (`SM_UI=off`); then there is nothing here.
         */
        get: operations["getDashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * WebSocket door for cluster agents
         *
         * Upgrades to a WebSocket with subprotocol `system-manager.v1`; JSON text frames, `AgentFrame` in and `ManagerFrame` out. An agent
         *     proves itself in the upgrade request with an enrolment token or the credential of its cluster; without it there is a 401 and no socket.
         */
        get: operations["connectAgent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * WebSocket door for schedulers
         *
         * Upgrades to a WebSocket with subprotocol `system-manager.v1`; JSON text frames, `SchedulerFrame` in and `SchedulerManagerFrame` out.
         *     A scheduler proves itself in the upgrade request with the scheduler token or that of the administrator. A manager that does not
         *     lead answers 503 with `Retry-After`: try the next one.
         */
        get: operations["connectScheduler"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the manager there */
        get: operations["edgeioStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deploy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deploy a descriptor of 2021
         *
         * A YAML file of at most 1 MiB. A `job_name` that is known updates that job.
         *     What is no descriptor is refused with the field that is wrong, and nothing is stored.
         */
        post: operations["edgeioDeploy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All jobs */
        get: operations["edgeioListJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/job/status/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
            };
            cookie?: never;
        };
        /** Status of a job */
        get: operations["edgeioJobStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/delete/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
            };
            cookie?: never;
        };
        /** Terminate a job */
        get: operations["edgeioDelete"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/result/deploy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decision of the Cloud Scheduler
         *
         * The body is the object, or a JSON text that holds it in Extended JSON. A result that comes late or twice changes nothing.
         */
        post: operations["edgeioDeployResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/result/replicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decision of the Cloud Scheduler on replicas */
        post: operations["edgeioReplicateResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Does nothing */
        get: operations["edgeioFeedback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/information/{clusterId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
            };
            cookie?: never;
        };
        /**
         * Report of a cluster, sent with GET
         *
         * The same as with POST; the report is the body.
         */
        get: operations["edgeioReadReport"];
        put?: never;
        /** Report of a cluster */
        post: operations["edgeioReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/test/scheduler": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can the Cloud Scheduler be reached
         *
         * The status is the one that the Cloud Scheduler answered with; 503 where there is none, or none that answers.
         */
        get: operations["edgeioTestScheduler"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clusters_all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All clusters */
        get: operations["edgeioListClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Clusters that have reported within 45 seconds */
        get: operations["edgeioListActiveClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clusters/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Number of clusters */
        get: operations["edgeioCountClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clusters/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a job to another location
         *
         * It runs at its target before it is deleted at its source.
         */
        post: operations["edgeioMoveBetweenClusters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/nodes/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a job to another node of its cluster */
        post: operations["edgeioMoveBetweenNodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replicate_up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * More replicas
         *
         * The number in `replicas` is wanted; it is not less than what there is.
         */
        post: operations["edgeioReplicateUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replicate_down/{jobId}/{replicas}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
                /** Wanted number of replicas. */
                replicas: components["parameters"]["EdgeioReplicas"];
            };
            cookie?: never;
        };
        /**
         * Fewer replicas
         *
         * The number in `replicas` is wanted; it is not more than what there is.
         */
        get: operations["edgeioReplicateDown"];
        put?: never;
        /** Fewer replicas, with POST */
        post: operations["edgeioReplicateDownByPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the scheduler set the number of replicas */
        post: operations["edgeioReplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cluster/{clusterId}/incr_node": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
            };
            cookie?: never;
        };
        /** One worker more */
        get: operations["edgeioAddNode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cluster/{clusterId}/decr_node": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
            };
            cookie?: never;
        };
        /** One worker fewer, never below 0 */
        get: operations["edgeioRemoveNode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cluster/{clusterId}/nodes/{count}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
                /** Number of workers. */
                count: components["parameters"]["EdgeioCount"];
            };
            cookie?: never;
        };
        /** Set the number of workers */
        get: operations["edgeioSetNodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What receivers of webhooks get */
        post: operations["receiveEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** Identifier, 24 hexadecimal digits. */
        Id: string;
        /** Name of a cluster or worker. */
        Name: string;
        /** DNS label (RFC 1123). */
        DnsLabel: string;
        /** Free labels, at most 64. */
        Labels: {
            [key: string]: string;
        };
        /**
         * Format: date-time
         *
         * Point in time (RFC 3339, UTC).
         */
        Timestamp: string;
        /** How far an instance is; a service shows the least advanced of its instances. More phases may come. */
        Phase: "REQUESTED" | "CLUSTER_SCHEDULED" | "NODE_SCHEDULED" | "CREATING" | "RUNNING" | "COMPLETED" | "FAILED" | "DEAD" | "LOST" | "UNDEPLOYING" | "UNDEPLOYED" | (string & {});
        /** Verdict of a scheduler. More verdicts may come. */
        Verdict: "PLACED" | "TargetClusterNotFound" | "TargetClusterNotActive" | "TargetClusterNoCapacity" | "NoActiveClusterWithCapacity" | (string & {});
        /** An amount of computing resources. */
        Resources: {
            /**
             * CPU cores.
             * @default 0
             */
            cpuCores?: number;
            /**
             * Memory in MiB.
             * @default 0
             */
            memoryMiB?: number;
            /**
             * Whole GPUs.
             * @default 0
             */
            gpus?: number;
        };
        /** A place on earth, in degrees (WGS 84). */
        Coordinates: {
            /** Degrees north. */
            latitude: number;
            /** Degrees east. */
            longitude: number;
        };
        /**
         * `registered`: its agent has not been heard of yet; `active`: heard of within the last 45 s; `inactive`: not heard of since;
         *     `removing`: it is being evacuated and will be gone. `pending`, `rejected` and `revoked`: it does not take part, see `admission`.
         */
        ClusterState: "registered" | "active" | "inactive" | "removing" | "pending" | "rejected" | "revoked" | (string & {});
        /**
         * Whether it takes part. `pending`: it has enrolled, and somebody has to approve it; `rejected`: that was refused; `revoked`: it was
         *     approved once.
         */
        Admission: "pending" | "approved" | "rejected" | "revoked" | (string & {});
        /** A new cluster. */
        ClusterRegistration: {
            name: components["schemas"]["Name"];
            /** Name of the place. */
            location?: string;
            coordinates?: components["schemas"]["Coordinates"];
            capabilities?: components["schemas"]["Capabilities"];
            labels?: components["schemas"]["Labels"];
            capacity?: components["schemas"]["Resources"];
        };
        /** Runtimes that the cluster offers. */
        Capabilities: string[];
        /** Words that keep instances away which do not tolerate them. */
        Taints: string[];
        /** The fields to change. */
        ClusterUpdate: {
            /** Name of the place. */
            location?: string;
            coordinates?: components["schemas"]["Coordinates"];
            labels?: components["schemas"]["Labels"];
            taints?: components["schemas"]["Taints"];
            /** Whether new instances may go there. */
            schedulable?: boolean;
        };
        /** A site with an agent of its own. */
        Cluster: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            name: components["schemas"]["Name"];
            /** Name of the place. */
            location?: string;
            coordinates?: components["schemas"]["Coordinates"];
            state: components["schemas"]["ClusterState"];
            admission: components["schemas"]["Admission"];
            /** Where its agent has enrolled it: id of the enrolment token, or `installation`. */
            enrolledWith?: string;
            /** SHA-256 of the public key in its client certificate; absent where it has none. */
            certificateKey?: string;
            /** Whether new instances may go there. */
            schedulable: boolean;
            /** Whether its instances are being moved elsewhere. */
            draining: boolean;
            capabilities: components["schemas"]["Capabilities"];
            labels: components["schemas"]["Labels"];
            taints: components["schemas"]["Taints"];
            capacity: components["schemas"]["Resources"];
            reserved: components["schemas"]["Resources"];
            use?: components["schemas"]["ResourceUse"];
            /** Number of workers. */
            workerCount: number;
            /** Version that its agent told. */
            agentVersion?: string;
            lastHeardAt?: components["schemas"]["Timestamp"];
            createdAt: components["schemas"]["Timestamp"];
            /** Rises with every change that users make. */
            version: number;
        };
        /** A new cluster with its credential. */
        ClusterRegistered: {
            cluster: components["schemas"]["Cluster"];
            /** Bearer token of the cluster's agent. Shown once. */
            credential: string;
            /** Session number for reports over HTTP. */
            session: number;
        };
        /** A credential of a cluster. */
        ClusterCredential: {
            /** Bearer token of the cluster's agent. Shown once. */
            credential: string;
        };
        /** Lets agents enrol their clusters; the token itself is not kept. */
        EnrolmentToken: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            /** What it is for. */
            name?: string;
            clusterName?: components["schemas"]["Name"];
            /** How many clusters may enrol with it in all. */
            uses: number;
            /** How many still may. */
            usesLeft: number;
            /** Whether clusters that enrol with it wait for approval. */
            requiresApproval: boolean;
            /** Id of the user who made it; absent when it was nobody of those. */
            ownerId?: string;
            createdAt: components["schemas"]["Timestamp"];
            expiresAt: components["schemas"]["Timestamp"];
            lastUsedAt?: components["schemas"]["Timestamp"];
        };
        /** One page of enrolment tokens. */
        EnrolmentTokenPage: {
            /** The tokens. */
            items: components["schemas"]["EnrolmentToken"][];
            /** Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** An enrolment token to make. */
        NewEnrolmentToken: {
            organizationId?: components["schemas"]["OwnerId"];
            /** What it is for. */
            name?: string;
            clusterName?: components["schemas"]["Name"];
            /**
             * How many clusters may enrol with it.
             * @default 1
             */
            uses?: number;
            /**
             * How long it is good.
             * @default 24
             */
            hours?: number;
            /**
             * Whether clusters that enrol with it wait for approval.
             * @default false
             */
            requiresApproval?: boolean;
        };
        /** A new enrolment token. */
        EnrolmentTokenCreated: {
            enrolmentToken: components["schemas"]["EnrolmentToken"];
            /** The bearer token. Shown once. */
            token: string;
        };
        /** A cluster and the operation that was accepted for it. */
        ClusterAccepted: {
            cluster: components["schemas"]["Cluster"];
            operation: components["schemas"]["Operation"];
        };
        /** One page of clusters. */
        ClusterPage: {
            /** The clusters. */
            items: components["schemas"]["Cluster"][];
            /** Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** Resources in use, as measured. */
        ResourceUse: {
            /** CPU cores. */
            cpuCores?: number;
            /** Memory in MiB. */
            memoryMiB?: number;
        };
        /** A machine inside a cluster. */
        Worker: {
            name: components["schemas"]["Name"];
            capacity?: components["schemas"]["Resources"];
            use?: components["schemas"]["ResourceUse"];
        };
        /** One page of workers. */
        WorkerPage: {
            /** Number of workers, those without a known name included. */
            count: number;
            /** Workers whose names are known. */
            items: components["schemas"]["Worker"][];
            /** Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** A worker to count. */
        WorkerAddition: {
            name?: components["schemas"]["Name"];
        };
        /** The number to set. */
        WorkerCountUpdate: {
            /** Number of workers. */
            count: number;
        };
        /** How many workers a cluster has. */
        WorkerCount: {
            clusterId: components["schemas"]["Id"];
            /** Number of workers. */
            count: number;
        };
        /** A port that the service listens on. */
        Port: {
            /** Port inside the instance. */
            containerPort: number;
            /** Fixed port on the worker; otherwise the worker picks a free one. */
            hostPort?: number;
            /**
             * Transport protocol.
             * @default tcp
             * @enum {string}
             */
            protocol?: "tcp" | "udp";
        };
        /** A wanted place. Closer clusters score higher; `maxKm` is a demand. */
        Near: {
            /** Degrees north. */
            latitude: number;
            /** Degrees east. */
            longitude: number;
            /** Greatest distance in kilometres. */
            maxKm?: number;
        };
        /** Demands and wishes on where the instances go. */
        Placement: {
            cluster?: components["schemas"]["Name"];
            /** Demanded location. */
            location?: string;
            worker?: components["schemas"]["Name"];
            labels?: components["schemas"]["Labels"];
            tolerations?: components["schemas"]["Taints"];
            near?: components["schemas"]["Near"];
            /**
             * What the instances spread over.
             * @default cluster
             * @enum {string}
             */
            spreadBy?: "cluster" | "location";
        };
        /** What a user wants to run. */
        ServiceDescriptor: {
            name: components["schemas"]["DnsLabel"];
            /**
             * Groups services.
             * @default default
             */
            application?: components["schemas"]["DnsLabel"];
            /**
             * How many instances.
             * @default 1
             */
            replicas?: number;
            /**
             * `process`, `docker`, `unikernel`, or another capability of clusters.
             * @default process
             */
            runtime?: string;
            /** Required unless the runtime is `process`. */
            image?: string;
            /** Program and arguments. Required when the runtime is `process`. */
            command?: string[];
            /** Working directory of the process. */
            workingDirectory?: string;
            /** Environment variables. */
            environment?: {
                [key: string]: string;
            };
            resources?: components["schemas"]["Resources"];
            /** Ports that the service listens on. The process runtime passes the chosen host ports as `PORT` and `PORT_<containerPort>`. */
            ports?: components["schemas"]["Port"][];
            placement?: components["schemas"]["Placement"];
            /** Name of the scheduler that decides where instances go: `built-in`, or a remote one. The configured one (`SM_SCHEDULER`) when absent. */
            scheduler?: components["schemas"]["DnsLabel"];
            /**
             * What happens when an instance ends: the agent starts it again; where the agent gives it up (`DEAD`), the manager places it anew, later each time. `onFailure` leaves it when its exit code was 0, `never` always.
             * @default always
             * @enum {string}
             */
            restart?: "always" | "onFailure" | "never";
            /**
             * Ends in `COMPLETED` when it exits with 0.
             * @default false
             */
            oneShot?: boolean;
            update?: components["schemas"]["UpdatePolicy"];
            /**
             * How long a deployment, an update or a scaling may go without progress until its operation fails. Waiting for a cluster with room does not count.
             * @default 300
             */
            progressDeadlineSeconds?: number;
            /**
             * What happens when its cluster is away past the grace time. `keep` leaves it to the site, which goes on alone. `move`: the
             *     agent stops it by itself before it has had no answer for `leaseSeconds`, and it is placed elsewhere after the lease and a
             *     margin, so it never runs twice. `duplicate` places it elsewhere although the old one may still run, which is stopped when
             *     its cluster returns.
             * @default keep
             * @enum {string}
             */
            whenLost?: "keep" | "move" | "duplicate";
            /**
             * With `whenLost: move`, how long an instance may run without an answer of the manager.
             * @default 60
             */
            leaseSeconds?: number;
            labels?: components["schemas"]["Labels"];
        };
        /** A number of instances. */
        Count: number;
        /** A share of the replicas, in percent: `25%`. */
        Share: string;
        /**
         * How instances are replaced by a new revision. An amount is a number of instances, or a share of the replicas (`25%`), rounded down,
         *     at least one unless it is `0%`.
         */
        UpdatePolicy: {
            /**
             * How many may run at the new revision beside the old ones that they replace.
             * @default 25%
             */
            maxSurge?: components["schemas"]["Count"] | components["schemas"]["Share"];
            /**
             * How many may be down at a time, so that an old one makes room for the new one before it starts.
             * @default 0
             */
            maxUnavailable?: components["schemas"]["Count"] | components["schemas"]["Share"];
            /**
             * How long a new instance has to run without a break until it counts.
             * @default 5
             */
            healthySeconds?: number;
        };
        /** Number of live instances by phase. */
        PhaseCounts: {
            [key: string]: number;
        };
        /** A service and how it is doing. */
        Service: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            name: components["schemas"]["DnsLabel"];
            application: components["schemas"]["DnsLabel"];
            phase: components["schemas"]["Phase"];
            /** Why it is not further. */
            reason?: string;
            /** Wanted number of instances. */
            replicas: number;
            /** Number of the wished revision. An update brings a new, higher one; a rollback an earlier one. */
            revision: number;
            rollout: components["schemas"]["Rollout"];
            descriptor: components["schemas"]["ServiceDescriptor"];
            instances: components["schemas"]["PhaseCounts"];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            /** Rises with every wish. */
            version: number;
        };
        /** A service and the operation that was accepted for it. */
        ServiceAccepted: {
            service: components["schemas"]["Service"];
            operation: components["schemas"]["Operation"];
        };
        /** One page of services. */
        ServicePage: {
            /** The services. */
            items: components["schemas"]["Service"][];
            /** Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** Either `replicas` or `by`. */
        ScaleRequest: {
            /** Wanted number of instances. */
            replicas?: number;
            /** Difference to the wanted number. The result is never below zero. */
            by?: number;
        };
        /** What a service was at one revision. */
        Revision: {
            /** Number of the revision. */
            revision: number;
            /** Whether it is what is wished now. */
            current: boolean;
            /** Whether it is the last that all instances have run. */
            stable: boolean;
            descriptor: components["schemas"]["ServiceDescriptor"];
        };
        /** The revisions of a service that are kept. */
        RevisionList: {
            /** The revisions, the newest first. */
            items: components["schemas"]["Revision"][];
        };
        /** Where to go back to. */
        RollbackRequest: {
            /** The revision; without it the last one that all instances have run. */
            revision?: number;
        };
        /** How far the present revision is with the instances. */
        Rollout: {
            /**
             * `settled`: all instances have run it; `progressing`: they are brought to it; `paused`: until somebody resumes; `halted`: it did not
             *     come up, and waits for somebody to resume, to go back or to update again.
             */
            state: "settled" | "progressing" | "paused" | "halted" | (string & {});
            /** The last revision that all instances have run. */
            stableRevision?: number;
            /** Why it has halted. */
            reason?: string;
        };
        /** Where to go; what is named must all hold. */
        Destination: {
            cluster?: components["schemas"]["Name"];
            /** Name of the place. */
            location?: string;
            worker?: components["schemas"]["Name"];
        };
        /** Which instances go where. */
        MigrateRequest: {
            to: components["schemas"]["Destination"];
            /** The instances; all of the service when absent. */
            instanceIds?: components["schemas"]["Id"][];
            /**
             * `makeBeforeBreak`: the source stops once the target is healthy; where the target fails, the source stays. `breakBeforeMake`, for
             *     what must not run twice: the target has its room reserved, the source stops, then the target starts; where it fails, the
             *     instance goes back to the cluster it came from.
             * @default makeBeforeBreak
             * @enum {string}
             */
            strategy?: "makeBeforeBreak" | "breakBeforeMake";
            /**
             * How long a target may take until it runs, and a source until it has confirmed its stop.
             * @default 300
             */
            timeoutSeconds?: number;
            /**
             * How long a target has to run without a break until the source is told to stop.
             * @default 5
             */
            healthySeconds?: number;
        };
        /** Where a port of an instance can be reached. */
        Address: {
            /** Host name or address. */
            host: string;
            /** Port on that host. */
            port: number;
            /** The port in the descriptor. */
            containerPort?: number;
            /**
             * Transport protocol.
             * @enum {string}
             */
            protocol?: "tcp" | "udp";
        };
        /** One binding of an instance to a cluster. There is one, but for the time of a migration, when the old and the new one stand side by side. */
        Half: {
            /** Rises with every binding. */
            generation: number;
            /** The one that counts, the one that will, or one that has to go. */
            role: "current" | "incoming" | "retiring" | (string & {});
            clusterId: components["schemas"]["Id"];
            clusterName: components["schemas"]["Name"];
            worker?: components["schemas"]["Name"];
            /** What the cluster is told. */
            action: "run" | "stop" | (string & {});
            /** Whether the cluster has confirmed it. */
            acknowledged: boolean;
            /** Revision of the service that it runs. */
            revision: number;
            phase: components["schemas"]["Phase"];
            /** What the cluster said about it. */
            reason?: string;
        };
        /** One replica of a service. */
        Instance: {
            id: components["schemas"]["Id"];
            serviceId: components["schemas"]["Id"];
            serviceName: components["schemas"]["DnsLabel"];
            application: components["schemas"]["DnsLabel"];
            /** Number of the replica within the service. */
            ordinal: number;
            /** Revision of the service that it should run. */
            revision: number;
            phase: components["schemas"]["Phase"];
            /** Why it is not further. */
            reason?: string;
            /** Why it was chosen to go when the service was scaled down. */
            removalReason?: string;
            clusterId?: components["schemas"]["Id"];
            clusterName?: components["schemas"]["Name"];
            worker?: components["schemas"]["Name"];
            /** Where its ports can be reached. */
            addresses?: components["schemas"]["Address"][];
            use?: components["schemas"]["ResourceUse"];
            /** How often the agent has restarted it. */
            restarts?: number;
            /** Its bindings to clusters. */
            halves: components["schemas"]["Half"][];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            /** Rises with every change. */
            version: number;
        };
        /** One page of instances. */
        InstancePage: {
            /** The instances. */
            items: components["schemas"]["Instance"][];
            /** Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** Number of clusters by the filter that dropped them. */
        DropCounts: {
            [key: string]: number;
        };
        /** A decision of a scheduler, as it was made. */
        PlacementDecision: {
            verdict: components["schemas"]["Verdict"];
            /** Name of the scheduler. */
            scheduler: string;
            decidedAt: components["schemas"]["Timestamp"];
            clusterId?: components["schemas"]["Id"];
            clusterName?: components["schemas"]["Name"];
            /** Score of the chosen cluster. */
            score?: number;
            /** Number of clusters looked at; 0 where a remote scheduler decided. */
            considered: number;
            dropped: components["schemas"]["DropCounts"];
            /** What the scheduler said, or why the built-in one decided in the place of another. */
            reason?: string;
        };
        /** Partial scores between 0 and 1. */
        Scores: {
            /** How full the cluster would be. */
            bestFit: number;
            /** How few instances of the service are there. */
            spread: number;
            /** How close it is to the wanted place. */
            distance: number;
        };
        /** What one cluster looks like to the scheduler for this request. */
        ClusterConsideration: {
            clusterId: components["schemas"]["Id"];
            clusterName: components["schemas"]["Name"];
            /** The filter that dropped it: `organization`, `cluster`, `location`, `worker`, `liveness`, `schedulable`, `capability`, `labels`, `taints`, `distance` or `capacity`. */
            droppedBy?: string;
            /** Why the filter dropped it. */
            detail?: string;
            /** Sum of the weighted scores. */
            score?: number;
            scores?: components["schemas"]["Scores"];
        };
        /** Why an instance is where it is. */
        PlacementExplanation: {
            instanceId: components["schemas"]["Id"];
            decision?: components["schemas"]["PlacementDecision"];
            /** Clusters as they look now, best first, at most 100. */
            clusters: components["schemas"]["ClusterConsideration"][];
        };
        /** Where one replica would go. */
        PlannedPlacement: {
            /** Number of the replica. */
            ordinal: number;
            /** Name of the scheduler that decided. */
            scheduler?: string;
            /** What the scheduler said, or why the built-in one decided in the place of another. */
            reason?: string;
            clusterId?: components["schemas"]["Id"];
            clusterName?: components["schemas"]["Name"];
            verdict: components["schemas"]["Verdict"];
        };
        /** Where the instances would go now. */
        Plan: {
            /** One entry a replica, at most 1,000. */
            placements: components["schemas"]["PlannedPlacement"][];
            /** Clusters as they look to the first replica, best first, at most 100. */
            clusters: components["schemas"]["ClusterConsideration"][];
        };
        /** How far an operation is. `running` is the only state that is not final, and stays so; more final ones may come. */
        OperationState: "running" | "succeeded" | "failed" | "cancelled" | (string & {});
        /** What was wished. More kinds may come. */
        OperationKind: "deploy" | "update" | "rollback" | "scale" | "migrate" | "terminate" | "drain" | "removeCluster" | (string & {});
        /** How much of the work is done. */
        Progress: {
            /** Steps done. */
            done: number;
            /** Steps in all. */
            total: number;
        };
        /** One accepted wish and how far it is. */
        Operation: {
            id: components["schemas"]["Id"];
            kind: components["schemas"]["OperationKind"];
            state: components["schemas"]["OperationState"];
            /** What the wish is about. */
            subjectKind: "service" | "cluster" | (string & {});
            subjectId: components["schemas"]["Id"];
            /** Name of the service or cluster. */
            subjectName: string;
            progress: components["schemas"]["Progress"];
            /** Why it failed, was cancelled, or is not further. */
            reason?: string;
            /** The instances that scaling down has chosen, at most 100. */
            removals?: components["schemas"]["Removal"][];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            endedAt?: components["schemas"]["Timestamp"];
        };
        /** An instance that goes, and why that one. */
        Removal: {
            instanceId: components["schemas"]["Id"];
            /** Number of the replica. */
            ordinal: number;
            /** Why it was chosen. */
            reason: string;
        };
        /** One page of operations. */
        OperationPage: {
            /** The operations. */
            items: components["schemas"]["Operation"][];
            /** Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** One entry of the history. */
        Event: {
            /** Position in the history; without gaps. */
            sequence: number;
            /** What happened, as `<subject>.<verb>`: `service.deployed`, `instance.phaseChanged`, `cluster.registered`, and others. More types may come. */
            type: string;
            at: components["schemas"]["Timestamp"];
            /** What it is about. */
            subjectKind: "service" | "cluster" | "instance" | "operation" | (string & {});
            subjectId: components["schemas"]["Id"];
            /** Other resources that it concerns: the service and the cluster of an instance, the subject of an operation. */
            relatedIds?: components["schemas"]["Id"][];
            /** The values that changed. */
            data: {
                [key: string]: unknown;
            };
        };
        /** SHA-256 in hexadecimal digits; nothing before the first entry. */
        AuditHash: string;
        /** Who did, or wanted to do, something. */
        AuditActor: {
            /** `administrator`, `user`, `apiKey`, `enrolment`, `scheduler` or `cluster`; `peer` for those of 2021, `nobody` for who wants to sign in. More kinds may come. */
            kind: string;
            id?: components["schemas"]["Id"];
            /** Name of the user or key; of somebody who wants to sign in, the name they say. */
            name?: string;
        };
        /** One request that has changed something, or was refused. */
        AuditEntry: {
            /** One more than that of the entry before. */
            sequence: number;
            /**
             * Format: date-time
             *
             * When it was answered.
             */
            at: string;
            actor: components["schemas"]["AuditActor"];
            /** Address from which it came. */
            address: string;
            /** Operation of this contract. */
            operationId: string;
            /** What it was about: the thing in the address, or the one that was made. */
            subjectId?: string;
            /** HTTP status of the answer. */
            status: number;
            /** The last part of the `type` of the problem, where it was one. */
            code?: string;
            /** The `x-request-id` of the answer. */
            requestId: string;
            previousHash: components["schemas"]["AuditHash"];
            hash: components["schemas"]["AuditHash"];
        };
        /** One page of the audit log. */
        AuditPage: {
            /** The entries, newest first. */
            items: components["schemas"]["AuditEntry"][];
            /** Absent on the last page. */
            nextCursor?: string;
        };
        /** What was found when the chain of the audit log was followed. */
        AuditVerdict: {
            /** Whether everything is as it was written. */
            intact: boolean;
            /** Entries that are in order. */
            entries: number;
            /** The first thing that is wrong. */
            fault?: string;
            /** Number of the entry that was written last. */
            sequence: number;
            hash: components["schemas"]["AuditHash"];
            /** Number of the last entry that is no longer kept. */
            trimmedTo: number;
            anchor: components["schemas"]["AuditHash"];
        };
        /** One page of the history. */
        EventPage: {
            /** The events, in the order that was asked for. */
            items: components["schemas"]["Event"][];
            /** Pass it as `after` for the next page, or to follow what comes. Newest first: up to where the page was read. */
            lastSequence: number;
        };
        /** Number of clusters by state. */
        ClusterCounts: {
            [key: string]: number;
        };
        /** Number of services by phase. */
        ServiceCounts: {
            [key: string]: number;
        };
        /** A sum of computing resources. */
        ResourceTotals: {
            /** CPU cores. */
            cpuCores: number;
            /** Memory in MiB. */
            memoryMiB: number;
            /** Whole GPUs. */
            gpus: number;
        };
        /** Everything in a few numbers. States and phases that nothing is in are left out. */
        Summary: {
            clusters: components["schemas"]["ClusterCounts"];
            /** Workers of all clusters. */
            workers: number;
            capacity: components["schemas"]["ResourceTotals"];
            reserved: components["schemas"]["ResourceTotals"];
            services: components["schemas"]["ServiceCounts"];
            instances: components["schemas"]["PhaseCounts"];
            /** Operations under way. */
            runningOperations: number;
            /** The history up to here is in the numbers. Pass it as `after` to follow what comes. */
            lastSequence: number;
            countedAt: components["schemas"]["Timestamp"];
        };
        /** Number of answers by verdict. */
        VerdictCounts: {
            [key: string]: number;
        };
        /** Someone who decides where instances go. */
        Scheduler: {
            name: components["schemas"]["DnsLabel"];
            /** `built-in`, or the protocol of a remote one: `websocket`, `http`. More kinds may come. */
            kind: string;
            /** Whether it can be asked now. */
            available: boolean;
            /** Answers in time since the manager started. */
            decisions: number;
            verdicts: components["schemas"]["VerdictCounts"];
            /** Answers that did not hold: no such cluster, no capacity left, a filter not passed. */
            refused: number;
            /** Requests without an answer in time. */
            unanswered: number;
            /** Answers to nothing that was open, which changed nothing. */
            late: number;
            latency?: components["schemas"]["SchedulerLatency"];
        };
        /** Time from asking to the answer, in milliseconds, of the newest 1,000 batches. Absent before the first. */
        SchedulerLatency: {
            /** Half of the answers were faster. */
            p50Ms: number;
            /** 99 of 100 answers were faster. */
            p99Ms: number;
        };
        /** The schedulers. */
        SchedulerList: {
            /** The schedulers. */
            items: components["schemas"]["Scheduler"][];
        };
        /** What a scheduler answered to a test. */
        SchedulerTest: {
            scheduler: components["schemas"]["DnsLabel"];
            /** Whether an answer came in time. */
            answered: boolean;
            /** How long it took. */
            latencyMs: number;
            verdict?: components["schemas"]["Verdict"];
            /** Why there is no answer, or why it does not hold. */
            reason?: string;
        };
        /** Versions in use. */
        Version: {
            /** Version of the manager. */
            version: string;
            /** Version of this document. */
            contract: string;
            /** Version of Node.js. */
            node: string;
            /** Where the state is kept. */
            store: "embedded" | "mongodb" | (string & {});
        };
        /** The process is alive. */
        Health: {
            /**
             * Always `ok`.
             */
            status: "ok";
        };
        /** What the manager needs for its work. */
        Readiness: {
            /**
             * Always `ready`.
             */
            status: "ready";
            /** Where several managers share a store, one of them leads: it decides and places. All of them serve requests and agents. */
            role: "leader" | "follower" | (string & {});
            /** State of each part. */
            checks: {
                [key: string]: string;
            };
        };
        /** Clusters that vanished together, while that holds back placing elsewhere. */
        Storm: {
            /** Whether placing elsewhere is held back. */
            active: boolean;
            /** Why. */
            reason?: string;
            /** How many clusters there were before. */
            of: number;
            /** The clusters that vanished together, the first one first. */
            vanished: components["schemas"]["VanishedCluster"][];
        };
        /** A cluster that vanished together with others. */
        VanishedCluster: {
            clusterId: components["schemas"]["Id"];
            clusterName: components["schemas"]["Name"];
            lastHeardAt?: components["schemas"]["Timestamp"];
        };
        /** What is wrong with one field. */
        FieldError: {
            /** JSON pointer into the body, or `#/query/<name>`, `#/path/<name>`, `#/header/<name>`. */
            pointer: string;
            /** What is wrong. */
            detail: string;
        };
        /** A failure (RFC 9457). */
        Problem: {
            /** Stable address of the kind of failure: `/problems/<code>`. */
            type: string;
            /** The kind of failure in words. */
            title: string;
            /** HTTP status. */
            status: number;
            /** What went wrong this time, and what to do. */
            detail?: string;
            /** Id of the request, for questions to the operator. */
            instance?: string;
            /** What is wrong, field by field. */
            errors?: components["schemas"]["FieldError"][];
        };
        /** What a cluster observed of one half of an instance. */
        InstanceReport: {
            instanceId: components["schemas"]["Id"];
            /** Generation of the order that it belongs to. */
            generation: number;
            /**
             * `FAILED`: the agent tries again; `DEAD`: it has given up; `UNDEPLOYED`: nothing of it is left there.
             * @enum {string}
             */
            phase: "NODE_SCHEDULED" | "CREATING" | "RUNNING" | "COMPLETED" | "FAILED" | "DEAD" | "UNDEPLOYING" | "UNDEPLOYED";
            worker?: components["schemas"]["Name"];
            /** Why, in words. */
            reason?: string;
            /** Exit code of the last run. */
            exitCode?: number;
            /** How often it was restarted. */
            restarts?: number;
            /** Where its ports can be reached. */
            addresses?: components["schemas"]["Address"][];
            use?: components["schemas"]["ResourceUse"];
        };
        /** What a cluster says about itself. */
        Report: {
            /** Session that the manager gave. */
            session: number;
            /** Rises with every report of the session. */
            sequence: number;
            /**
             * Whether `instances` is everything that the cluster has, or only what changed.
             * @default false
             */
            full?: boolean;
            capacity?: components["schemas"]["Resources"];
            use?: components["schemas"]["ResourceUse"];
            /** Workers of the cluster; when present, they replace those that were reported before. */
            workers?: components["schemas"]["Worker"][];
            /** What was observed of instances. */
            instances: components["schemas"]["InstanceReport"][];
        };
        /** What became of a report. */
        ReportReceipt: {
            /** Session of the report. */
            session: number;
            /** Sequence number of the report. */
            sequence: number;
            /** False when it is stale. */
            applied: boolean;
            /** What was reported without being bound to this cluster. It has to be stopped; nothing of it was taken in. */
            strangers: components["schemas"]["InstanceReference"][];
        };
        /** Names one half of an instance. */
        InstanceReference: {
            instanceId: components["schemas"]["Id"];
            /** Generation of the order that it belongs to. */
            generation: number;
        };
        /** The first frame of an agent. */
        HelloFrame: {
            /**
             * Kind of frame.
             */
            type: "hello";
            name: components["schemas"]["Name"];
            /** Name of the place. */
            location?: string;
            coordinates?: components["schemas"]["Coordinates"];
            capabilities: components["schemas"]["Capabilities"];
            labels?: components["schemas"]["Labels"];
            capacity?: components["schemas"]["Resources"];
            /** Version of the agent. */
            agentVersion?: string;
            /** Session that it had before; it goes into the log. */
            resume?: number;
            /** Public key of the curve P-256 (PEM) for which it wants a client certificate. */
            publicKey?: string;
        };
        /** A report. */
        ReportFrame: {
            /**
             * Kind of frame.
             */
            type: "report";
            /** Session that the manager gave. */
            session: number;
            /** Rises with every report of the session. */
            sequence: number;
            /**
             * Whether `instances` is everything that the cluster has, or only what changed.
             * @default false
             */
            full?: boolean;
            capacity?: components["schemas"]["Resources"];
            use?: components["schemas"]["ResourceUse"];
            /** Workers of the cluster; when present, they replace those that were reported before. */
            workers?: components["schemas"]["Worker"][];
            /** What was observed of instances. */
            instances: components["schemas"]["InstanceReport"][];
        };
        /** Names an order. */
        OrderReference: {
            instanceId: components["schemas"]["Id"];
            /** Generation of the order. */
            generation: number;
            action: components["schemas"]["OrderAction"];
        };
        /**
         * What to do. Running and stopping the same generation are two orders; a stop is never followed by a run of the same generation.
         * @enum {string}
         */
        OrderAction: "run" | "stop";
        /** Orders that are done. */
        AckFrame: {
            /**
             * Kind of frame.
             */
            type: "ack";
            /** Id of the `apply` frame. */
            id: string;
            /** The orders that are done. */
            orders: components["schemas"]["OrderReference"][];
        };
        /** Orders that the agent cannot carry out. */
        NackFrame: {
            /**
             * Kind of frame.
             */
            type: "nack";
            /** Id of the `apply` frame. */
            id: string;
            /** The orders that are refused. */
            orders: components["schemas"]["OrderReference"][];
            problem: components["schemas"]["Problem"];
        };
        /** The agent leaves in order; its instances go on. */
        ByeFrame: {
            /**
             * Kind of frame.
             */
            type: "bye";
        };
        /**
         * Asks for another credential of the cluster. The one that the session was opened with stays good until the new one has been
         *     used. Asked twice before that, the newer answer counts.
         */
        RotateFrame: {
            /**
             * Kind of frame.
             */
            type: "rotate";
        };
        /** A frame of such a session, in either direction. */
        AgentSessionFrame: components["schemas"]["AgentFrame"] | components["schemas"]["ManagerFrame"];
        /** A frame from an agent. */
        AgentFrame: components["schemas"]["HelloFrame"] | components["schemas"]["ReportFrame"] | components["schemas"]["AckFrame"] | components["schemas"]["NackFrame"] | components["schemas"]["ByeFrame"] | components["schemas"]["RotateFrame"];
        /** The manager's answer to `hello`. The agent answers with a full report. */
        WelcomeFrame: {
            /**
             * Kind of frame.
             */
            type: "welcome";
            clusterId: components["schemas"]["Id"];
            /** Number of this session. */
            session: number;
            /** The cluster's credential; on first enrolment only. Keep it. */
            credential?: string;
            /** A client certificate (PEM) for the `publicKey` of hello, when the cluster is due one. Connect with it from then on. */
            certificate?: string;
            /** How often the manager pings. Silence for three times as long means the connection is dead. */
            heartbeatIntervalMs: number;
            /** How often a report is expected at the least. */
            reportIntervalMs: number;
        };
        /** One order. Orders are the same if instance, generation and action are the same. */
        Order: {
            instanceId: components["schemas"]["Id"];
            /** Generation of the binding. */
            generation: number;
            action: components["schemas"]["OrderAction"];
            worker?: components["schemas"]["Name"];
            serviceId?: components["schemas"]["Id"];
            /** Number of the replica. */
            ordinal?: number;
            /** Revision of the descriptor. */
            revision?: number;
            descriptor?: components["schemas"]["ServiceDescriptor"];
        };
        /** A batch of orders. A `run` carries the service, ordinal, revision and descriptor. */
        ApplyFrame: {
            /**
             * Kind of frame.
             */
            type: "apply";
            /** Id for `ack` and `nack`. */
            id: string;
            /** The orders. */
            orders: components["schemas"]["Order"][];
        };
        /** The report is taken in and durable; the agent may forget changes up to there. */
        ReportedFrame: {
            /**
             * Kind of frame.
             */
            type: "reported";
            /** Session of the report. */
            session: number;
            /** Sequence number of the report. */
            sequence: number;
            /** False when it was stale. */
            applied: boolean;
        };
        /** The answer to `rotate`. Store it durably, then connect with it; that ends the old one. */
        CredentialFrame: {
            /**
             * Kind of frame.
             */
            type: "credential";
            /** The cluster's next credential. */
            credential: string;
        };
        /** A problem. The session may end after it. */
        ErrorFrame: {
            /**
             * Kind of frame.
             */
            type: "error";
            problem: components["schemas"]["Problem"];
        };
        /** A frame from the manager to an agent. */
        ManagerFrame: components["schemas"]["WelcomeFrame"] | components["schemas"]["ApplyFrame"] | components["schemas"]["ReportedFrame"] | components["schemas"]["CredentialFrame"] | components["schemas"]["ErrorFrame"];
        /** The first frame of a scheduler. */
        SchedulerHelloFrame: {
            /**
             * Kind of frame.
             */
            type: "hello";
            name: components["schemas"]["DnsLabel"];
            /**
             * Largest number of requests that it takes in one `place` frame.
             * @default 200
             */
            requestsMax?: number;
            /** Its version, for the log of the manager. */
            schedulerVersion?: string;
        };
        /** A scheduler's answer for one instance. */
        PlacementAnswer: {
            instanceId: components["schemas"]["Id"];
            /**
             * It has a cluster, or why it has none.
             * @enum {string}
             */
            verdict: "PLACED" | "TargetClusterNotFound" | "TargetClusterNotActive" | "TargetClusterNoCapacity" | "NoActiveClusterWithCapacity";
            clusterId?: components["schemas"]["Id"];
            worker?: components["schemas"]["Name"];
            /** How good the choice is, by a measure of its own. */
            score?: number;
            /** Why, in words; shown to users. */
            reason?: string;
        };
        /** Answers to a `place` frame, all of them or a part. */
        PlacedFrame: {
            /**
             * Kind of frame.
             */
            type: "placed";
            /** Id of the `place` frame. */
            id: string;
            /** One answer an instance. */
            placements: components["schemas"]["PlacementAnswer"][];
        };
        /** A frame of such a session, in either direction. */
        SchedulerSessionFrame: components["schemas"]["SchedulerFrame"] | components["schemas"]["SchedulerManagerFrame"];
        /** A frame from a scheduler. */
        SchedulerFrame: components["schemas"]["SchedulerHelloFrame"] | components["schemas"]["PlacedFrame"] | components["schemas"]["ByeFrame"];
        /** The manager's answer to `hello`. The picture of the clusters follows. */
        SchedulerWelcomeFrame: {
            /**
             * Kind of frame.
             */
            type: "welcome";
            /** Number of this session. */
            session: number;
            /** How often the manager pings. Silence for three times as long means the connection is dead. */
            heartbeatIntervalMs: number;
            /** How long a batch usually may take. */
            deadlineMs: number;
        };
        /** What a scheduler has to know of one cluster. */
        ClusterPicture: {
            id: components["schemas"]["Id"];
            name: components["schemas"]["Name"];
            /** Name of the place. */
            location?: string;
            coordinates?: components["schemas"]["Coordinates"];
            /** Whether it was heard of lately. */
            active: boolean;
            /** Whether it takes new instances. */
            schedulable: boolean;
            capabilities: components["schemas"]["Capabilities"];
            labels: components["schemas"]["Labels"];
            /** Instances that do not tolerate all of them are refused. */
            taints: string[];
            /** Workers that are known by name. */
            workers: components["schemas"]["Name"][];
            capacity: components["schemas"]["Resources"];
            free: components["schemas"]["FreeResources"];
        };
        /** What is neither reserved nor answered for. Below zero where the cluster has shrunk. */
        FreeResources: {
            /** CPU cores. */
            cpuCores: number;
            /** Memory in MiB. */
            memoryMiB: number;
            /** Whole GPUs. */
            gpus: number;
        };
        /** The picture of the clusters, whole or what has changed. */
        ClustersFrame: {
            /**
             * Kind of frame.
             */
            type: "clusters";
            /** Version of the picture after this frame; rises with each change within a session. */
            version: number;
            /** Whether it begins a whole picture; forget what came before. */
            full: boolean;
            /** Whether further frames belong to the same version. */
            more: boolean;
            /** Clusters that are new or changed. */
            clusters: components["schemas"]["ClusterPicture"][];
            /** Clusters that are gone. */
            removed: components["schemas"]["Id"][];
        };
        /** How many instances of the same service are at a cluster. */
        SiblingCount: {
            clusterId: components["schemas"]["Id"];
            /** Number of instances. */
            count: number;
        };
        /** Why the last answer to the request was not taken. */
        PlacementRefusal: {
            clusterId?: components["schemas"]["Id"];
            /** What the named cluster does not pass: `unknown` (there is none like that), `organization`, `cluster`, `location`, `worker`, `liveness`, `schedulable`, `capability`, `labels`, `taints`, `distance` or `capacity`. More may come. */
            filter: string;
            /** The same in words. */
            detail: string;
        };
        /** One instance that needs a cluster. */
        PlacementRequest: {
            instanceId: components["schemas"]["Id"];
            serviceId: components["schemas"]["Id"];
            serviceName: components["schemas"]["DnsLabel"];
            application: components["schemas"]["DnsLabel"];
            /** Capability that the cluster has to have. */
            runtime: string;
            resources: components["schemas"]["Resources"];
            placement: components["schemas"]["Placement"];
            labels: components["schemas"]["Labels"];
            /** Where other instances of the service are. */
            siblings: components["schemas"]["SiblingCount"][];
            refusal?: components["schemas"]["PlacementRefusal"];
        };
        /** A batch of requests. What has to be known of the clusters was sent before. */
        PlaceFrame: {
            /**
             * Kind of frame.
             */
            type: "place";
            /** Id for `placed`. */
            id: string;
            /** Version of the picture at this point. */
            version: number;
            /** Time until nobody waits for the answer any more. */
            deadlineMs: number;
            /** The instances. */
            requests: components["schemas"]["PlacementRequest"][];
        };
        /** A frame from the manager to a scheduler. */
        SchedulerManagerFrame: components["schemas"]["SchedulerWelcomeFrame"] | components["schemas"]["ClustersFrame"] | components["schemas"]["PlaceFrame"] | components["schemas"]["ErrorFrame"];
        /** A plain text. */
        EdgeioText: string;
        /** An ObjectId in Extended JSON. */
        EdgeioObjectId: {
            $oid: components["schemas"]["Id"];
        };
        /** A date in Extended JSON, relaxed. */
        EdgeioDate: {
            /**
             * Format: date-time
             *
             * The date.
             */
            $date: string;
        };
        /** The job that was deployed. */
        EdgeioDeployed: {
            job_id: components["schemas"]["Id"];
        };
        /** The form with the descriptor. */
        EdgeioUpload: {
            /** The YAML file. */
            file: string;
        };
        /** A service as the database of 2021 has it. */
        EdgeioJob: {
            _id: components["schemas"]["EdgeioObjectId"];
            /** Full name. */
            job_name: string;
            /** The descriptor, with all fields that it came with. */
            file_content: {
                [key: string]: unknown;
            };
            /** A phase or a negative verdict of the scheduler. */
            status: string;
            cluster?: components["schemas"]["EdgeioObjectId"];
            /** Wanted number of replicas. */
            replicas?: number;
        };
        /** All jobs. */
        EdgeioJobs: components["schemas"]["EdgeioJob"][];
        /** A cluster as the database of 2021 has it. */
        EdgeioCluster: {
            _id: components["schemas"]["EdgeioObjectId"];
            /** Name. */
            cluster_name: string;
            /** Location. */
            cluster_location?: string;
            /** Address at which it takes orders. */
            ip?: string;
            /** Port at which it takes orders. */
            port?: string;
            /** What it told of itself. */
            clusterinfo?: unknown;
            /** Number of workers. */
            nodes: number;
            /** Workers that it reported. */
            active_nodes?: number;
            /** CPU in use. */
            aggregated_cpu_percent?: number;
            /** Free cores. */
            total_cpu_cores?: number;
            /** Memory in use. */
            aggregated_memory_percent?: number;
            /** Free memory. */
            memory_in_mb?: number;
            /** What it can run. */
            technology?: string[];
            /** Whatever else it reported. */
            more?: unknown;
            last_modified?: components["schemas"]["EdgeioDate"];
            /** Seconds since 1970 of its last report. */
            last_modified_timestamp?: number;
        };
        /** Clusters. */
        EdgeioClusters: components["schemas"]["EdgeioCluster"][];
        /** Sums over the workers of a cluster, and its jobs. */
        EdgeioReport: {
            /** CPU in use. */
            cpu_percent?: number;
            /** Free cores. */
            cpu_cores?: number;
            /** Memory in use. */
            memory_percent?: number;
            /** Free memory. */
            cumulative_memory_in_mb?: number;
            /** Workers that are up. */
            number_of_nodes?: number;
            /** What the cluster can run. */
            technology?: string[];
            /** Whatever else it says. */
            more?: unknown;
            /** All jobs that the cluster has. */
            jobs?: components["schemas"]["EdgeioJobReport"][];
        } & {
            [key: string]: unknown;
        };
        /** How one job is doing. */
        EdgeioJobReport: {
            /** Id of the job. */
            system_job_id: string;
            /** A phase or what went wrong. */
            status: string;
        } & {
            [key: string]: unknown;
        };
        /** Where a job goes. Sent as it is, or as a JSON text that holds it. */
        EdgeioResult: {
            /** Id of the job. */
            job_id: string;
            /** Number of replicas. */
            replicas?: number;
            /** The whole cluster or its id. */
            cluster: unknown;
            /** The descriptor or the id. */
            job?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** From one location to another. */
        EdgeioClusterMove: {
            /** Id of the job. */
            job_id: string;
            /** Where it is. */
            from_location: string;
            /** Where it goes. */
            to_location: string;
        } & {
            [key: string]: unknown;
        };
        /** From one node of a cluster to another. */
        EdgeioNodeMove: {
            /** Id of the job. */
            job_id: string;
            /** Location of the cluster. */
            cluster: string;
            /** Where it is. */
            from_node: string;
            /** Where it goes. */
            to_node: string;
        } & {
            [key: string]: unknown;
        };
        /** A number of replicas. */
        EdgeioReplication: {
            /** Id of the job. */
            job_id: string;
            /** Wanted number of replicas. */
            replicas: number;
        } & {
            [key: string]: unknown;
        };
        /** The organization that it belongs to; absent where it belongs to the installation. */
        OwnerId: string;
        /** Bounds of what the live services of an organization may want together, which is replicas times resources. What is absent is not bounded. */
        Quota: {
            /** Replicas. */
            instances?: number;
            /** CPU cores. */
            cpuCores?: number;
            /** Memory in MiB. */
            memoryMiB?: number;
        };
        /** A new organization. */
        NewOrganization: {
            name: components["schemas"]["DnsLabel"];
            /** Its name in full. */
            displayName?: string;
            quota?: components["schemas"]["Quota"];
        };
        /** The fields to change. */
        OrganizationChange: {
            /** Its name in full. */
            displayName?: string;
            quota?: components["schemas"]["Quota"];
        };
        /** A team that shares the installation with others. */
        Organization: {
            id: components["schemas"]["Id"];
            name: components["schemas"]["DnsLabel"];
            /** Its name in full. */
            displayName?: string;
            quota: components["schemas"]["Quota"];
            used: components["schemas"]["OrganizationUse"];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            /** Rises with every change by users. */
            version: number;
        };
        /** What the live services of an organization want. */
        OrganizationUse: {
            /** Replicas. */
            instances: number;
            /** CPU cores. */
            cpuCores: number;
            /** Memory in MiB. */
            memoryMiB: number;
        };
        /** One page of organizations. */
        OrganizationPage: {
            /** The organizations. */
            items: components["schemas"]["Organization"][];
            /** Pass it as `cursor` to get the next page. */
            nextCursor?: string;
        };
        /** Where deliveries go to, with `https` wherever somebody could listen. No name and password, and no fragment. */
        WebhookUrl: string;
        /** Types of events that are sent; `service.*` for all of a subject. Empty for every event. */
        EventTypes: string[];
        /** Where events are sent to. */
        Webhook: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            /** What it is for. */
            name?: string;
            url: components["schemas"]["WebhookUrl"];
            types: components["schemas"]["EventTypes"];
            /** Whether it is switched on. */
            enabled: boolean;
            /** The last event that was taken or put aside. Events that it does not ask for are counted now and then. */
            lastSequence: number;
            /** Failures of the delivery under way. */
            failures: number;
            /** Why the last attempt failed: the receiver … */
            lastError?: string;
            failingSince?: components["schemas"]["Timestamp"];
            nextAttemptAt?: components["schemas"]["Timestamp"];
            lastDeliveredAt?: components["schemas"]["Timestamp"];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            /** Rises with every change by users. */
            version: number;
        };
        /** One page of webhooks. */
        WebhookPage: {
            /** The webhooks. */
            items: components["schemas"]["Webhook"][];
            /** Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** A new webhook. */
        NewWebhook: {
            organizationId?: components["schemas"]["OwnerId"];
            /** What it is for. */
            name?: string;
            url: components["schemas"]["WebhookUrl"];
            types?: components["schemas"]["EventTypes"];
        };
        /** The fields to change. */
        WebhookChange: {
            /** What it is for. */
            name?: string;
            url?: components["schemas"]["WebhookUrl"];
            types?: components["schemas"]["EventTypes"];
            /** Whether it is switched on. */
            enabled?: boolean;
        };
        /** A webhook with its secret. */
        WebhookWithSecret: {
            webhook: components["schemas"]["Webhook"];
            /** What deliveries are signed with. Shown once. */
            secret: string;
        };
        /** What receivers get. */
        WebhookDelivery: {
            /** The same each time it is tried. */
            deliveryId: string;
            webhookId: components["schemas"]["Id"];
            /** The events, oldest first. */
            events: components["schemas"]["Event"][];
        };
        /** A delivery that was given up. */
        DeadLetter: {
            id: components["schemas"]["Id"];
            webhookId: components["schemas"]["Id"];
            /** How often it was tried. */
            attempts: number;
            /** Why the last attempt failed: the receiver … */
            reason: string;
            failedAt: components["schemas"]["Timestamp"];
            expiresAt: components["schemas"]["Timestamp"];
            /** The events, oldest first. */
            events: components["schemas"]["Event"][];
        };
        /** One page of dead letters. */
        DeadLetterPage: {
            /** The dead letters. */
            items: components["schemas"]["DeadLetter"][];
            /** Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** Name to sign in with; capital and small letters are the same. */
        UserName: string;
        /** At least 12 characters; must not contain the name. */
        Password: string;
        /**
         * What somebody is. `admin` may do everything; `organizationAdmin` everything but the installation's own; `applicationProvider`
         *     changes services, `infrastructureProvider` clusters; `viewer` reads. More roles may come.
         * @enum {string}
         */
        Role: "admin" | "organizationAdmin" | "applicationProvider" | "infrastructureProvider" | "viewer";
        /**
         * What a key allows; `write` does not include `read`. More permissions may come.
         * @enum {string}
         */
        Permission: "clusters:read" | "clusters:write" | "services:read" | "services:write" | "events:read" | "webhooks:write" | "schedulers:read" | "users:read" | "users:write" | "keys:write" | "organizations:read" | "organizations:write" | "system:read" | "system:write";
        /** Who signs in. */
        SignIn: {
            name: components["schemas"]["UserName"];
            /** The password. */
            password: string;
        };
        /** A sign-in that was begun. */
        OpenIdFlow: {
            /** Where the identity provider asks who it is. */
            authorizationUrl: string;
            /** Proves that whoever comes back is who went there. */
            flow: string;
            expiresAt: components["schemas"]["Timestamp"];
        };
        /** What the identity provider has sent back with the browser. */
        OpenIdAnswer: {
            /** From `beginOpenIdSignIn`. */
            flow: string;
            /** As it came. */
            code: string;
            /** As it came. */
            state: string;
            /** As it came. */
            iss?: string;
        };
        /** The refresh token that was given last. */
        Refresh: {
            /** The token. */
            refreshToken: string;
        };
        /** What somebody who has signed in holds. */
        SignedIn: {
            /** Bearer token for requests. */
            accessToken: string;
            accessTokenExpiresAt: components["schemas"]["Timestamp"];
            /** Exchange it for the next access token. */
            refreshToken: string;
            refreshTokenExpiresAt: components["schemas"]["Timestamp"];
            user: components["schemas"]["User"];
        };
        /** Somebody who signs in. */
        User: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            name: components["schemas"]["UserName"];
            /** Name for people. */
            displayName?: string;
            /** What the user is. */
            roles: components["schemas"]["Role"][];
            /** What follows from the roles. */
            permissions: components["schemas"]["Permission"][];
            /** Whether signing in is refused. */
            disabled: boolean;
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            /** Rises with each change; for `If-Match`. */
            version: number;
        };
        /** One page of users. */
        UserPage: {
            /** The users. */
            items: components["schemas"]["User"][];
            /** Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** A user to create. */
        NewUser: {
            organizationId?: components["schemas"]["OwnerId"];
            name: components["schemas"]["UserName"];
            /** Name for people. */
            displayName?: string;
            /** What the user is. */
            roles: components["schemas"]["Role"][];
            password: components["schemas"]["Password"];
        };
        /** What changes; what is absent stays. */
        UserChange: {
            /** Name for people. */
            displayName?: string;
            /** What the user is from now on. */
            roles?: components["schemas"]["Role"][];
            /** Whether signing in is refused. */
            disabled?: boolean;
        };
        /** A password to set. */
        NewPassword: {
            password: components["schemas"]["Password"];
        };
        /** The present password and the next. */
        PasswordChange: {
            /** The present password. */
            present: string;
            next: components["schemas"]["Password"];
        };
        /** A credential of a program; the key itself is not kept. */
        ApiKey: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            /** What it is for. */
            name: string;
            /** What it allows. */
            permissions: components["schemas"]["Permission"][];
            /** Id of the user who made it; absent when it was the administrator token. */
            ownerId?: string;
            createdAt: components["schemas"]["Timestamp"];
            expiresAt: components["schemas"]["Timestamp"];
            lastUsedAt?: components["schemas"]["Timestamp"];
        };
        /** One page of API keys. */
        ApiKeyPage: {
            /** The keys. */
            items: components["schemas"]["ApiKey"][];
            /** Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** A key to make. */
        NewApiKey: {
            organizationId?: components["schemas"]["OwnerId"];
            /** What it is for. */
            name: string;
            /** What it allows. */
            permissions: components["schemas"]["Permission"][];
            /**
             * How long it is good.
             * @default 90
             */
            days?: number;
        };
        /** A new key. */
        ApiKeyCreated: {
            apiKey: components["schemas"]["ApiKey"];
            /** The bearer token. Shown once. */
            key: string;
        };
        /** A JSON Web Key Set (RFC 7517). */
        KeySet: {
            /** Public keys whose tokens may still be around. */
            keys: components["schemas"]["PublicKey"][];
        };
        /** A public key (RFC 8037). */
        PublicKey: {
            /**
             * Family of the key.
             * @example OKP
             */
            kty: string;
            /**
             * The curve.
             * @example Ed25519
             */
            crv: string;
            /** The public key, base64url. */
            x: string;
            /** Names the key in the header of a token. */
            kid: string;
            /**
             * Algorithm.
             * @example EdDSA
             */
            alg: string;
            /**
             * What it is for.
             * @example sig
             */
            use: string;
        };
    };
    responses: {
        /** The cluster. */
        Cluster: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Cluster"];
            };
        };
        /** The wish is accepted; the operation tells how far it is. */
        ClusterAccepted: {
            headers: {
                Location: components["headers"]["Location"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ClusterAccepted"];
            };
        };
        /** The wish is accepted; the operation tells how far it is. */
        ServiceAccepted: {
            headers: {
                Location: components["headers"]["Location"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ServiceAccepted"];
            };
        };
        /** The number of workers. */
        WorkerCount: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WorkerCount"];
            };
        };
        /** The user. */
        User: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["User"];
            };
        };
        /** The organization. */
        Organization: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Organization"];
            };
        };
        /** The webhook. */
        Webhook: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Webhook"];
            };
        };
        /** Tokens, and who they are for. */
        SignedIn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SignedIn"];
            };
        };
        /** The request breaks the contract; `errors` names each field. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** No token, or one that nobody knows. */
        Unauthorized: {
            headers: {
                /** How to prove who you are. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The token is known, and does not allow this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** There is no such resource. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The state of the resource does not allow this. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** Too often; `Retry-After` says when it makes sense again. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The history that was asked for is no longer kept. */
        Gone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The resource has changed since the version in `If-Match`. */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The body is larger than the manager takes. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The content type is not one of those that the operation takes. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The idempotency key was used for another request. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** This address speaks WebSocket. */
        UpgradeRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** The manager cannot do its work at the moment. */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** Any other failure. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** Refused, or failed; the text says why. */
        EdgeioRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "text/plain": components["schemas"]["EdgeioText"];
            };
        };
    };
    parameters: {
        /** How many items at the most. */
        Limit: number;
        /** The `nextCursor` of the page before. */
        Cursor: string;
        /** Id of the cluster. */
        ClusterId: components["schemas"]["Id"];
        /** Id of the service. */
        ServiceId: components["schemas"]["Id"];
        /** Id of the instance. */
        InstanceId: components["schemas"]["Id"];
        /** Id of the organization. */
        OrganizationId: components["schemas"]["Id"];
        /** Id of the user. */
        UserId: components["schemas"]["Id"];
        /** Id of the webhook. */
        WebhookId: components["schemas"]["Id"];
        /** Id of the operation. */
        OperationId: components["schemas"]["Id"];
        /** How many instances of the cluster may be on the move at once. */
        ParallelMoves: number;
        /** Makes the write repeatable; kept for 24 hours. */
        IdempotencyKey: string;
        /** The `ETag` that the resource must still have; `*` for any. */
        IfMatch: string;
        /** Sequence number of the last event already seen. */
        EventsAfter: number;
        /** Only events that concern this service, cluster, instance or operation. */
        EventsSubjectId: components["schemas"]["Id"];
        /** Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
        EdgeioJobId: string;
        /** Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
        EdgeioClusterId: string;
        /** Wanted number of replicas. */
        EdgeioReplicas: number;
        /** Number of workers. */
        EdgeioCount: number;
    };
    requestBodies: {
        /** The descriptor, as JSON or as YAML. */
        ServiceDescriptor: {
            content: {
                "application/json": components["schemas"]["ServiceDescriptor"];
                "application/yaml": components["schemas"]["ServiceDescriptor"];
            };
        };
    };
    headers: {
        /** Address of the new resource, or of the operation to follow. */
        Location: string;
        /** Version of the resource, for `If-Match`. */
        ETag: string;
        /** Seconds after which a retry makes sense. */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listClusters: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** Only clusters in this state. */
                state?: components["schemas"]["ClusterState"];
                /** Only the cluster with this name. */
                name?: components["schemas"]["Name"];
                /** Only clusters at this location. */
                location?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of clusters. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    registerCluster: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClusterRegistration"];
            };
        };
        responses: {
            /** The cluster and its credential. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterRegistered"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    getCluster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Cluster"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    removeCluster: {
        parameters: {
            query?: {
                /** Do not wait for the site; its instances are declared dead. */
                force?: boolean;
                /** How many instances of the cluster may be on the move at once. */
                parallelMoves?: components["parameters"]["ParallelMoves"];
            };
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["ClusterAccepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    updateCluster: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClusterUpdate"];
            };
        };
        responses: {
            200: components["responses"]["Cluster"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    drainCluster: {
        parameters: {
            query?: {
                /** How many instances of the cluster may be on the move at once. */
                parallelMoves?: components["parameters"]["ParallelMoves"];
            };
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["ClusterAccepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    resumeCluster: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Cluster"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    approveCluster: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Cluster"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    rejectCluster: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Cluster"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    revokeCluster: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Cluster"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    forgetClusterCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Cluster"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    rotateClusterCredential: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The credential. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterCredential"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    submitReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Report"];
            };
        };
        responses: {
            /** The report was taken in, or is stale. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportReceipt"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    listWorkers: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of workers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkerPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    addWorker: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkerAddition"];
            };
        };
        responses: {
            200: components["responses"]["WorkerCount"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    removeWorker: {
        parameters: {
            query?: {
                /** Name of the worker. */
                name?: components["schemas"]["Name"];
            };
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["WorkerCount"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    setWorkerCount: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkerCountUpdate"];
            };
        };
        responses: {
            200: components["responses"]["WorkerCount"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    listEnrolmentTokens: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of enrolment tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentTokenPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    createEnrolmentToken: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEnrolmentToken"];
            };
        };
        responses: {
            /** The token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolmentTokenCreated"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    revokeEnrolmentToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the enrolment token. */
                tokenId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    listServices: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** Only services of this application. */
                application?: components["schemas"]["DnsLabel"];
                /** Only services with this name. */
                name?: components["schemas"]["DnsLabel"];
                /** Only services in this phase. */
                phase?: components["schemas"]["Phase"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of services. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServicePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    deployService: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ServiceDescriptor"];
        responses: {
            202: components["responses"]["ServiceAccepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    planService: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ServiceDescriptor"];
        responses: {
            /** The plan. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Problem"];
        };
    };
    getService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The service. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    updateService: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ServiceDescriptor"];
        responses: {
            202: components["responses"]["ServiceAccepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    terminateService: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["ServiceAccepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    scaleService: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScaleRequest"];
            };
        };
        responses: {
            202: components["responses"]["ServiceAccepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    migrateService: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MigrateRequest"];
            };
        };
        responses: {
            202: components["responses"]["ServiceAccepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    listRevisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The revisions, at most 11. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    rollbackService: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollbackRequest"];
            };
        };
        responses: {
            202: components["responses"]["ServiceAccepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    pauseUpdate: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The service. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    resumeUpdate: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["ServiceAccepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    listInstances: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** Only instances of this service. */
                serviceId?: components["schemas"]["Id"];
                /** Only instances bound to this cluster. */
                clusterId?: components["schemas"]["Id"];
                /** Only instances in this phase. */
                phase?: components["schemas"]["Phase"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of instances. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstancePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    getInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the instance. */
                instanceId: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The instance. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    explainPlacement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the instance. */
                instanceId: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The explanation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacementExplanation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    listOperations: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** Only operations on this service or cluster. */
                subjectId?: components["schemas"]["Id"];
                /** Only operations in this state. */
                state?: components["schemas"]["OperationState"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of operations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    getOperation: {
        parameters: {
            query?: {
                /** How long to wait for the end, in milliseconds. */
                waitMs?: number;
            };
            header?: never;
            path: {
                /** Id of the operation. */
                operationId: components["parameters"]["OperationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The operation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    cancelOperation: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** Id of the operation. */
                operationId: components["parameters"]["OperationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The operation, cancelled. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** Sequence number of the last event already seen. */
                after?: components["parameters"]["EventsAfter"];
                /** Only events that concern this service, cluster, instance or operation. */
                subjectId?: components["parameters"]["EventsSubjectId"];
                /** In which order. `after` goes with the first, `before` with the second. */
                order?: "oldestFirst" | "newestFirst";
                /** Only events before this sequence number; without it from the newest on. */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            default: components["responses"]["Problem"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** Sequence number of the last event already seen. */
                after?: components["parameters"]["EventsAfter"];
                /** Only events that concern this service, cluster, instance or operation. */
                subjectId?: components["parameters"]["EventsSubjectId"];
            };
            header?: {
                /** Sequence number of the last event received. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            410: components["responses"]["Gone"];
            default: components["responses"]["Problem"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of webhooks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** The webhook and its secret. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Webhook"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            default: components["responses"]["Problem"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChange"];
            };
        };
        responses: {
            200: components["responses"]["Webhook"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The webhook and its secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /** Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of dead letters. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    redeliverDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
                /** Id of the dead letter. */
                letterId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Taken. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            default: components["responses"]["Problem"];
        };
    };
    listSchedulers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The schedulers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulerList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    testScheduler: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Name of the scheduler. */
                schedulerName: components["schemas"]["DnsLabel"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** What it answered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulerTest"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            201: components["responses"]["SignedIn"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refresh"];
            };
        };
        responses: {
            200: components["responses"]["SignedIn"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["Problem"];
        };
    };
    beginOpenIdSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Where to go, and what to bring back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenIdFlow"];
                };
            };
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    completeOpenIdSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenIdAnswer"];
            };
        };
        responses: {
            201: components["responses"]["SignedIn"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Signed out. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    listOrganizations: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of organizations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOrganization"];
            };
        };
        responses: {
            /** The organization. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the organization. */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Organization"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    removeOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the organization. */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            default: components["responses"]["Problem"];
        };
    };
    updateOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the organization. */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganizationChange"];
            };
        };
        responses: {
            200: components["responses"]["Organization"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["User"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** Changed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of users. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** The user. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the user. */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["User"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    removeUser: {
        parameters: {
            query?: never;
            header?: {
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the user. */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            default: components["responses"]["Problem"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** Id of the user. */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            200: components["responses"]["User"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    setPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the user. */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            /** Set. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    endSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the user. */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** All sessions have ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** The key. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyCreated"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the key. */
                keyId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Problem"];
        };
    };
    getKeySet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeySet"];
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** Only what this user, key or cluster has done or wanted. */
                actorId?: components["schemas"]["Id"];
                /** Only what concerns the thing with this id. */
                subjectId?: components["schemas"]["Id"];
                /** Only requests for this operation of the contract. */
                operation?: string;
                /** Only what was done, or only what was refused or has failed. */
                outcome?: "done" | "refused";
                /** Not before this time. */
                from?: string;
                /** Before this time. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** What was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerdict"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            401: components["responses"]["Unauthorized"];
            default: components["responses"]["Problem"];
        };
    };
    getSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The numbers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Summary"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    getStorm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The storm, or that there is none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Storm"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    releaseStorm: {
        parameters: {
            query?: never;
            header?: {
                /** Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** There is no storm now, or what is left of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Storm"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            default: components["responses"]["Problem"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Store, change feed and gateway are up. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            503: components["responses"]["Unavailable"];
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The metrics. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            default: components["responses"]["Problem"];
        };
    };
    getContract: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The contract. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    connectAgent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Switched to the WebSocket protocol; the frames are JSON texts. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentSessionFrame"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            426: components["responses"]["UpgradeRequired"];
            default: components["responses"]["Problem"];
        };
    };
    connectScheduler: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Switched to the WebSocket protocol; the frames are JSON texts. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulerSessionFrame"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            426: components["responses"]["UpgradeRequired"];
            default: components["responses"]["Problem"];
        };
    };
    edgeioStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            403: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioDeploy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["EdgeioUpload"];
            };
        };
        responses: {
            /** The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeioDeployed"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            409: components["responses"]["EdgeioRefused"];
            413: components["responses"]["EdgeioRefused"];
            415: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioListJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Extended JSON, relaxed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeioJobs"];
                };
            };
            403: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioJobStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The status; the text ends with a newline. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Taken; the text ends with a newline. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioDeployResult: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EdgeioResult"];
            };
        };
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioReplicateResult: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EdgeioResult"];
            };
        };
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            403: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioReadReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EdgeioReport"];
            };
        };
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioTestScheduler: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** It can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            403: components["responses"]["EdgeioRefused"];
            503: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioListClusters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Extended JSON, relaxed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeioClusters"];
                };
            };
            403: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioListActiveClusters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Extended JSON, relaxed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EdgeioClusters"];
                };
            };
            403: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioCountClusters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The number. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            403: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioMoveBetweenClusters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EdgeioClusterMove"];
            };
        };
        responses: {
            /** Taken; the text ends with a newline. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            409: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioMoveBetweenNodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EdgeioNodeMove"];
            };
        };
        responses: {
            /** Taken; the text ends with a newline. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            409: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioReplicateUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EdgeioReplication"];
            };
        };
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            409: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioReplicateDown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
                /** Wanted number of replicas. */
                replicas: components["parameters"]["EdgeioReplicas"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            409: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioReplicateDownByPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
                /** Wanted number of replicas. */
                replicas: components["parameters"]["EdgeioReplicas"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            409: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioReplicate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EdgeioReplication"];
            };
        };
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            409: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioAddNode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioRemoveNode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    edgeioSetNodes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
                /** Number of workers. */
                count: components["parameters"]["EdgeioCount"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Taken. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": components["schemas"]["EdgeioText"];
                };
            };
            400: components["responses"]["EdgeioRefused"];
            403: components["responses"]["EdgeioRefused"];
            404: components["responses"]["EdgeioRefused"];
            409: components["responses"]["EdgeioRefused"];
            "4XX": components["responses"]["EdgeioRefused"];
            default: components["responses"]["EdgeioRefused"];
        };
    };
    receiveEvents: {
        parameters: {
            query?: never;
            header: {
                /** The same each time the delivery is tried. */
                "System-Manager-Delivery": string;
                /** `t=<unix seconds>,v1=<hexadecimal HMAC-SHA256 of "<t>.<body>">`, a `v1` for each secret that is good. */
                "System-Manager-Signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookDelivery"];
            };
        };
        responses: {
            /** Taken. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** Not taken; it is tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
