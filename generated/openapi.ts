// generated from openapi.yaml, do not edit
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
         * @description Clusters in the order of their registration.
         */
        get: operations["listClusters"];
        put?: never;
        /**
         * Register a cluster
         * @description Creates a cluster and its credential. The credential is shown in this answer only. An agent that connects with an enrolment
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
                /** @description Id of the cluster. */
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
         * @description Moves its instances elsewhere first, then forgets the cluster and revokes its credential. With `force` the instances are
         *     declared dead at once, and placed elsewhere: for a site that will not come back.
         */
        delete: operations["removeCluster"];
        options?: never;
        head?: never;
        /**
         * Change a cluster
         * @description Changes the fields that are present. Instances that run there stay where they are.
         */
        patch: operations["updateCluster"];
        trace?: never;
    };
    "/api/v1/clusters/{clusterId}/drain": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drain a cluster
         * @description Makes the cluster unschedulable and moves its instances elsewhere, each of which runs there before it stops here. The operation
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
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a cluster back
         * @description Makes the cluster schedulable again and cancels a drain or a removal that is under way. What has moved stays where it is
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
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a cluster take part
         * @description For a cluster that waits for approval, that was rejected or revoked. Its agent comes back by itself, with the credential that it has;
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
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse a cluster that waits for approval
         * @description Its agent is told so whenever it comes. `removeCluster` forgets it, `approveCluster` takes it after all.
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
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shut a cluster out
         * @description Its session ends, its reports are refused and nothing is placed there. Its instances are treated like those of a cluster that is
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
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget the client certificate of a cluster
         * @description For an agent that has lost the key of its certificate: the certificate is not taken any more, and the next session with the
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
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a cluster another credential
         * @description Shown in this answer only. The present credential is good until the new one is used for the first time; asked again before that,
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
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report over HTTP
         * @description For agents without a WebSocket session. Reports may come twice, late or out of order: an older `(session, sequence)` is
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
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        /**
         * List workers
         * @description The number of workers, and those whose names are known, by name.
         */
        get: operations["listWorkers"];
        put?: never;
        /**
         * Count a worker up
         * @description One worker more. A worker with a name counts once, however often it is added.
         */
        post: operations["addWorker"];
        /**
         * Count a worker down
         * @description One worker fewer, never below zero. With `name`, that worker; removing it twice counts once.
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
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Set the number of workers
         * @description Sets the number. It cannot be lower than the number of workers known by name.
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
         * @description Oldest first, until they expire. The token of the installation is not among them.
         */
        get: operations["listEnrolmentTokens"];
        put?: never;
        /**
         * Make an enrolment token
         * @description A bearer token with which agents enrol their clusters, shown in this answer only. It is good for `uses` new clusters within `hours`.
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
         * @description Clusters that have enrolled with it stay.
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
         * @description Services in the order of their deployment. Terminated services are listed when `phase=UNDEPLOYED` asks for them.
         */
        get: operations["listServices"];
        put?: never;
        /**
         * Deploy a service
         * @description Takes a descriptor, as JSON or YAML. The name is unique within its application.
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
         * @description Says where the instances would go now, and why not elsewhere. Changes nothing.
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
                /** @description Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        /** Read a service */
        get: operations["getService"];
        /**
         * Replace the descriptor
         * @description Makes a new revision. Instances of the old one are replaced as `update` of the new descriptor says. If an instance does not come
         *     up, the update stops, its operation fails, and the instances that are left go on with the old revision. `name` and `application`
         *     cannot change.
         */
        put: operations["updateService"];
        post?: never;
        /**
         * Terminate a service
         * @description Stops every instance everywhere, also on clusters that are away, as soon as they return. Repeating it is harmless.
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
                /** @description Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Scale a service
         * @description To a number (`replicas`), or by a difference (`by`).
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
                /** @description Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Migrate instances
         * @description Moves all instances of the service, or the named ones, to a cluster, a location or a worker. Each is healthy at its target before it
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
                /** @description Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        /**
         * List the revisions of a service
         * @description The revisions that are kept, the newest first. A rollback can go to each of them.
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
                /** @description Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go back to an earlier revision
         * @description To the named revision, or to the last one that all instances have run. The revision keeps its number, so instances that still run
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
                /** @description Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause the update of a service
         * @description No further instance is replaced until the update is resumed, also by revisions wished later. What is being replaced already is
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
                /** @description Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with the update of a service
         * @description Goes on with an update that was paused, or that has stopped because its revision did not come up. The answer names the operation
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
         * @description Instances in the order of their creation. Undeployed instances are listed when `phase=UNDEPLOYED` asks for them.
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
                /** @description Id of the instance. */
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
                /** @description Id of the instance. */
                instanceId: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        /**
         * Explain a placement
         * @description The decision as it was made, and what each cluster looks like to the scheduler now.
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
         * @description Newest first.
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
                /** @description Id of the operation. */
                operationId: components["parameters"]["OperationId"];
            };
            cookie?: never;
        };
        /**
         * Read an operation
         * @description With `waitMs` the answer comes when the operation ends, or when the time is up.
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
                /** @description Id of the operation. */
                operationId: components["parameters"]["OperationId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an operation
         * @description Takes a wish back that is under way. `deploy`: the service is terminated. `update`, `rollback`: it goes back to the revision and
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
         * @description The history, oldest first, without gaps. `after` is the sequence number of the last event already seen; where the history after
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
         * @description Server-Sent Events: `id` is the sequence number, `event` the type, `data` an `Event`. A client that reconnects sends
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
         * @description Oldest first, with how their deliveries do.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Have events sent somewhere
         * @description Events from now on are sent to `url`: POST requests with up to 100 events each (`WebhookDelivery`), in order, each at least once. An
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
                /** @description Id of the webhook. */
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
         * @description With its dead letters.
         */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook, or switch it on or off
         * @description Changes the fields that are present, and forgets failures. One that is switched on again goes on where it was, as far as the history is
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
                /** @description Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook another secret
         * @description Shown in this answer only. For 24 hours deliveries are signed with both, one `v1` each.
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
                /** @description Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        /**
         * List deliveries that were given up
         * @description Oldest first. They are kept for 30 days, the newest 1,000 of each webhook.
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
                /** @description Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
                /** @description Id of the dead letter. */
                letterId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver once more what was given up
         * @description Once, at once, beside the other deliveries. It is forgotten when the receiver has taken it.
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
                /** @description Name of the scheduler. */
                schedulerName: components["schemas"]["DnsLabel"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a scheduler
         * @description Asks the scheduler for one placement that binds nothing.
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
         * @description Gives an access token (a JWT, good for 15 minutes) and a refresh token. A name that nobody has is refused like a wrong password.
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
         * @description Gives the next access token and the next refresh token. Each refresh token is good once: the session of one that comes a second
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
         * @description Send the browser to `authorizationUrl` and keep `flow` where only that browser has it. The provider sends the browser back to
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
         * @description At the first time a user without a password is made, under the name that the provider says, unless somebody has it. The roles are each
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
         * @description Ends the session of the access token; its refresh token is worth nothing any more.
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
         * @description Oldest first. Who belongs to an organization sees only that.
         */
        get: operations["listOrganizations"];
        put?: never;
        /**
         * Create an organization
         * @description A team that shares the installation with others. Its users and keys see only its services, instances, operations, events and
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
                /** @description Id of the organization. */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        /**
         * Read an organization
         * @description With its quota, and what its services want of it.
         */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        /**
         * Remove an organization
         * @description Only when no user, service or cluster belongs to it any more. Its API keys are revoked.
         */
        delete: operations["removeOrganization"];
        options?: never;
        head?: never;
        /**
         * Change an organization
         * @description Changes the fields that are present; the quota as a whole. A quota below what is used ends nothing, but nothing more can be wanted
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
         * @description All sessions of the user end, this one too.
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
         * @description Oldest first.
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
                /** @description Id of the user. */
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
         * @description Its sessions end, and its API keys are revoked.
         */
        delete: operations["removeUser"];
        options?: never;
        head?: never;
        /**
         * Change a user
         * @description Changes the fields that are present, with effect on open sessions: roles at once, and a disabled user is signed out everywhere.
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
         * @description All sessions of the user end.
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
         * @description Oldest first. People see their own; who may change users sees all.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description A bearer token for a program, shown in this answer only. It is allowed what `permissions` name, and never more than its maker.
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
         * @description Lets others check access tokens (RFC 7517). Whether a session has been ended is known to the manager alone.
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
         * @description Who has changed what from where, who was refused, and with which result; newest first. Each entry carries the hash of the one before it. Reports of clusters
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
         * @description Follows the chain of hashes from what is kept first to what was written last. Whoever keeps the hash that it ends with elsewhere finds it again as that of the entry with this
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
         * @description How many clusters, services and instances there are, by state and phase, what the clusters have and what of it is reserved.
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
         * @description More than a set share of the clusters that vanish within a short time are taken for one fault, of the network or of the manager.
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
         * @description Says that the clusters that are away now are no storm: their instances are treated as if each had vanished by itself. A cluster
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
         * @description Browse and try this contract. Files of the page lie below the same path.
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
         * @description The page for people. Its files, and its own addresses, lie below the same path. It asks the operations of this contract and
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
         * @description Upgrades to a WebSocket with subprotocol `system-manager.v1`; JSON text frames, `AgentFrame` in and `ManagerFrame` out. An agent
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
         * @description Upgrades to a WebSocket with subprotocol `system-manager.v1`; JSON text frames, `SchedulerFrame` in and `SchedulerManagerFrame` out.
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
         * @description A YAML file of at most 1 MiB. A `job_name` that is known updates that job.
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
                /** @description Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
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
                /** @description Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
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
         * @description The body is the object, or a JSON text that holds it in Extended JSON. A result that comes late or twice changes nothing.
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
                /** @description Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
            };
            cookie?: never;
        };
        /**
         * Report of a cluster, sent with GET
         * @description The same as with POST; the report is the body.
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
         * @description The status is the one that the Cloud Scheduler answered with; 503 where there is none, or none that answers.
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
         * @description It runs at its target before it is deleted at its source.
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
         * @description The number in `replicas` is wanted; it is not less than what there is.
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
                /** @description Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
                /** @description Wanted number of replicas. */
                replicas: components["parameters"]["EdgeioReplicas"];
            };
            cookie?: never;
        };
        /**
         * Fewer replicas
         * @description The number in `replicas` is wanted; it is not more than what there is.
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
                /** @description Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
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
                /** @description Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
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
                /** @description Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
                /** @description Number of workers. */
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
        /** @description Identifier, 24 hexadecimal digits. */
        Id: string;
        /** @description Name of a cluster or worker. */
        Name: string;
        /** @description DNS label (RFC 1123). */
        DnsLabel: string;
        /** @description Free labels, at most 64. */
        Labels: {
            [key: string]: string;
        };
        /**
         * Format: date-time
         * @description Point in time (RFC 3339, UTC).
         */
        Timestamp: string;
        /**
         * @description How far an instance is; a service shows the least advanced of its instances. More phases may come.
         * @enum {string}
         */
        Phase: "REQUESTED" | "CLUSTER_SCHEDULED" | "NODE_SCHEDULED" | "CREATING" | "RUNNING" | "COMPLETED" | "FAILED" | "DEAD" | "LOST" | "UNDEPLOYING" | "UNDEPLOYED";
        /**
         * @description Verdict of a scheduler. More verdicts may come.
         * @enum {string}
         */
        Verdict: "PLACED" | "TargetClusterNotFound" | "TargetClusterNotActive" | "TargetClusterNoCapacity" | "NoActiveClusterWithCapacity";
        /** @description An amount of computing resources. */
        Resources: {
            /**
             * @description CPU cores.
             * @default 0
             */
            cpuCores?: number;
            /**
             * @description Memory in MiB.
             * @default 0
             */
            memoryMiB?: number;
            /**
             * @description Whole GPUs.
             * @default 0
             */
            gpus?: number;
        };
        /** @description A place on earth, in degrees (WGS 84). */
        Coordinates: {
            /** @description Degrees north. */
            latitude: number;
            /** @description Degrees east. */
            longitude: number;
        };
        /**
         * @description `registered`: its agent has not been heard of yet; `active`: heard of within the last 45 s; `inactive`: not heard of since;
         *     `removing`: it is being evacuated and will be gone. `pending`, `rejected` and `revoked`: it does not take part, see `admission`.
         * @enum {string}
         */
        ClusterState: "registered" | "active" | "inactive" | "removing" | "pending" | "rejected" | "revoked";
        /**
         * @description Whether it takes part. `pending`: it has enrolled, and somebody has to approve it; `rejected`: that was refused; `revoked`: it was
         *     approved once.
         * @enum {string}
         */
        Admission: "pending" | "approved" | "rejected" | "revoked";
        /** @description A new cluster. */
        ClusterRegistration: {
            name: components["schemas"]["Name"];
            /** @description Name of the place. */
            location?: string;
            coordinates?: components["schemas"]["Coordinates"];
            capabilities?: components["schemas"]["Capabilities"];
            labels?: components["schemas"]["Labels"];
            capacity?: components["schemas"]["Resources"];
        };
        /** @description Runtimes that the cluster offers. */
        Capabilities: string[];
        /** @description Words that keep instances away which do not tolerate them. */
        Taints: string[];
        /** @description The fields to change. */
        ClusterUpdate: {
            /** @description Name of the place. */
            location?: string;
            coordinates?: components["schemas"]["Coordinates"];
            labels?: components["schemas"]["Labels"];
            taints?: components["schemas"]["Taints"];
            /** @description Whether new instances may go there. */
            schedulable?: boolean;
        };
        /** @description A site with an agent of its own. */
        Cluster: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            name: components["schemas"]["Name"];
            /** @description Name of the place. */
            location?: string;
            coordinates?: components["schemas"]["Coordinates"];
            state: components["schemas"]["ClusterState"];
            admission: components["schemas"]["Admission"];
            /** @description Where its agent has enrolled it: id of the enrolment token, or `installation`. */
            enrolledWith?: string;
            /** @description SHA-256 of the public key in its client certificate; absent where it has none. */
            certificateKey?: string;
            /** @description Whether new instances may go there. */
            schedulable: boolean;
            /** @description Whether its instances are being moved elsewhere. */
            draining: boolean;
            capabilities: components["schemas"]["Capabilities"];
            labels: components["schemas"]["Labels"];
            taints: components["schemas"]["Taints"];
            capacity: components["schemas"]["Resources"];
            reserved: components["schemas"]["Resources"];
            use?: components["schemas"]["ResourceUse"];
            /** @description Number of workers. */
            workerCount: number;
            /** @description Version that its agent told. */
            agentVersion?: string;
            lastHeardAt?: components["schemas"]["Timestamp"];
            createdAt: components["schemas"]["Timestamp"];
            /** @description Rises with every change that users make. */
            version: number;
        };
        /** @description A new cluster with its credential. */
        ClusterRegistered: {
            cluster: components["schemas"]["Cluster"];
            /** @description Bearer token of the cluster's agent. Shown once. */
            credential: string;
            /** @description Session number for reports over HTTP. */
            session: number;
        };
        /** @description A credential of a cluster. */
        ClusterCredential: {
            /** @description Bearer token of the cluster's agent. Shown once. */
            credential: string;
        };
        /** @description Lets agents enrol their clusters; the token itself is not kept. */
        EnrolmentToken: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            /** @description What it is for. */
            name?: string;
            clusterName?: components["schemas"]["Name"];
            /** @description How many clusters may enrol with it in all. */
            uses: number;
            /** @description How many still may. */
            usesLeft: number;
            /** @description Whether clusters that enrol with it wait for approval. */
            requiresApproval: boolean;
            /** @description Id of the user who made it; absent when it was nobody of those. */
            ownerId?: string;
            createdAt: components["schemas"]["Timestamp"];
            expiresAt: components["schemas"]["Timestamp"];
            lastUsedAt?: components["schemas"]["Timestamp"];
        };
        /** @description One page of enrolment tokens. */
        EnrolmentTokenPage: {
            /** @description The tokens. */
            items: components["schemas"]["EnrolmentToken"][];
            /** @description Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** @description An enrolment token to make. */
        NewEnrolmentToken: {
            organizationId?: components["schemas"]["OwnerId"];
            /** @description What it is for. */
            name?: string;
            clusterName?: components["schemas"]["Name"];
            /**
             * @description How many clusters may enrol with it.
             * @default 1
             */
            uses?: number;
            /**
             * @description How long it is good.
             * @default 24
             */
            hours?: number;
            /**
             * @description Whether clusters that enrol with it wait for approval.
             * @default false
             */
            requiresApproval?: boolean;
        };
        /** @description A new enrolment token. */
        EnrolmentTokenCreated: {
            enrolmentToken: components["schemas"]["EnrolmentToken"];
            /** @description The bearer token. Shown once. */
            token: string;
        };
        /** @description A cluster and the operation that was accepted for it. */
        ClusterAccepted: {
            cluster: components["schemas"]["Cluster"];
            operation: components["schemas"]["Operation"];
        };
        /** @description One page of clusters. */
        ClusterPage: {
            /** @description The clusters. */
            items: components["schemas"]["Cluster"][];
            /** @description Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** @description Resources in use, as measured. */
        ResourceUse: {
            /** @description CPU cores. */
            cpuCores?: number;
            /** @description Memory in MiB. */
            memoryMiB?: number;
        };
        /** @description A machine inside a cluster. */
        Worker: {
            name: components["schemas"]["Name"];
            capacity?: components["schemas"]["Resources"];
            use?: components["schemas"]["ResourceUse"];
        };
        /** @description One page of workers. */
        WorkerPage: {
            /** @description Number of workers, those without a known name included. */
            count: number;
            /** @description Workers whose names are known. */
            items: components["schemas"]["Worker"][];
            /** @description Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** @description A worker to count. */
        WorkerAddition: {
            name?: components["schemas"]["Name"];
        };
        /** @description The number to set. */
        WorkerCountUpdate: {
            /** @description Number of workers. */
            count: number;
        };
        /** @description How many workers a cluster has. */
        WorkerCount: {
            clusterId: components["schemas"]["Id"];
            /** @description Number of workers. */
            count: number;
        };
        /** @description A port that the service listens on. */
        Port: {
            /** @description Port inside the instance. */
            containerPort: number;
            /** @description Fixed port on the worker; otherwise the worker picks a free one. */
            hostPort?: number;
            /**
             * @description Transport protocol.
             * @default tcp
             * @enum {string}
             */
            protocol?: "tcp" | "udp";
        };
        /** @description A wanted place. Closer clusters score higher; `maxKm` is a demand. */
        Near: {
            /** @description Degrees north. */
            latitude: number;
            /** @description Degrees east. */
            longitude: number;
            /** @description Greatest distance in kilometres. */
            maxKm?: number;
        };
        /** @description Demands and wishes on where the instances go. */
        Placement: {
            cluster?: components["schemas"]["Name"];
            /** @description Demanded location. */
            location?: string;
            worker?: components["schemas"]["Name"];
            labels?: components["schemas"]["Labels"];
            tolerations?: components["schemas"]["Taints"];
            near?: components["schemas"]["Near"];
            /**
             * @description What the instances spread over.
             * @default cluster
             * @enum {string}
             */
            spreadBy?: "cluster" | "location";
        };
        /** @description What a user wants to run. */
        ServiceDescriptor: {
            name: components["schemas"]["DnsLabel"];
            /**
             * @description Groups services.
             * @default default
             */
            application?: components["schemas"]["DnsLabel"];
            /**
             * @description How many instances.
             * @default 1
             */
            replicas?: number;
            /**
             * @description `process`, `docker`, `unikernel`, or another capability of clusters.
             * @default process
             */
            runtime?: string;
            /** @description Required unless the runtime is `process`. */
            image?: string;
            /** @description Program and arguments. Required when the runtime is `process`. */
            command?: string[];
            /** @description Working directory of the process. */
            workingDirectory?: string;
            /** @description Environment variables. */
            environment?: {
                [key: string]: string;
            };
            resources?: components["schemas"]["Resources"];
            /** @description Ports that the service listens on. The process runtime passes the chosen host ports as `PORT` and `PORT_<containerPort>`. */
            ports?: components["schemas"]["Port"][];
            placement?: components["schemas"]["Placement"];
            /** @description Name of the scheduler that decides where instances go: `built-in`, or a remote one. The configured one (`SM_SCHEDULER`) when absent. */
            scheduler?: components["schemas"]["DnsLabel"];
            /**
             * @description What happens when an instance ends: the agent starts it again; where the agent gives it up (`DEAD`), the manager places it anew, later each time. `onFailure` leaves it when its exit code was 0, `never` always.
             * @default always
             * @enum {string}
             */
            restart?: "always" | "onFailure" | "never";
            /**
             * @description Ends in `COMPLETED` when it exits with 0.
             * @default false
             */
            oneShot?: boolean;
            update?: components["schemas"]["UpdatePolicy"];
            /**
             * @description How long a deployment, an update or a scaling may go without progress until its operation fails. Waiting for a cluster with room does not count.
             * @default 300
             */
            progressDeadlineSeconds?: number;
            /**
             * @description What happens when its cluster is away past the grace time. `keep` leaves it to the site, which goes on alone. `move`: the
             *     agent stops it by itself before it has had no answer for `leaseSeconds`, and it is placed elsewhere after the lease and a
             *     margin, so it never runs twice. `duplicate` places it elsewhere although the old one may still run, which is stopped when
             *     its cluster returns.
             * @default keep
             * @enum {string}
             */
            whenLost?: "keep" | "move" | "duplicate";
            /**
             * @description With `whenLost: move`, how long an instance may run without an answer of the manager.
             * @default 60
             */
            leaseSeconds?: number;
            labels?: components["schemas"]["Labels"];
        };
        /** @description A number of instances. */
        Count: number;
        /** @description A share of the replicas, in percent: `25%`. */
        Share: string;
        /**
         * @description How instances are replaced by a new revision. An amount is a number of instances, or a share of the replicas (`25%`), rounded down,
         *     at least one unless it is `0%`.
         */
        UpdatePolicy: {
            /**
             * @description How many may run at the new revision beside the old ones that they replace.
             * @default 25%
             */
            maxSurge?: components["schemas"]["Count"] | components["schemas"]["Share"];
            /**
             * @description How many may be down at a time, so that an old one makes room for the new one before it starts.
             * @default 0
             */
            maxUnavailable?: components["schemas"]["Count"] | components["schemas"]["Share"];
            /**
             * @description How long a new instance has to run without a break until it counts.
             * @default 5
             */
            healthySeconds?: number;
        };
        /** @description Number of live instances by phase. */
        PhaseCounts: {
            [key: string]: number;
        };
        /** @description A service and how it is doing. */
        Service: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            name: components["schemas"]["DnsLabel"];
            application: components["schemas"]["DnsLabel"];
            phase: components["schemas"]["Phase"];
            /** @description Why it is not further. */
            reason?: string;
            /** @description Wanted number of instances. */
            replicas: number;
            /** @description Number of the wished revision. An update brings a new, higher one; a rollback an earlier one. */
            revision: number;
            rollout: components["schemas"]["Rollout"];
            descriptor: components["schemas"]["ServiceDescriptor"];
            instances: components["schemas"]["PhaseCounts"];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            /** @description Rises with every wish. */
            version: number;
        };
        /** @description A service and the operation that was accepted for it. */
        ServiceAccepted: {
            service: components["schemas"]["Service"];
            operation: components["schemas"]["Operation"];
        };
        /** @description One page of services. */
        ServicePage: {
            /** @description The services. */
            items: components["schemas"]["Service"][];
            /** @description Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** @description Either `replicas` or `by`. */
        ScaleRequest: {
            /** @description Wanted number of instances. */
            replicas?: number;
            /** @description Difference to the wanted number. The result is never below zero. */
            by?: number;
        };
        /** @description What a service was at one revision. */
        Revision: {
            /** @description Number of the revision. */
            revision: number;
            /** @description Whether it is what is wished now. */
            current: boolean;
            /** @description Whether it is the last that all instances have run. */
            stable: boolean;
            descriptor: components["schemas"]["ServiceDescriptor"];
        };
        /** @description The revisions of a service that are kept. */
        RevisionList: {
            /** @description The revisions, the newest first. */
            items: components["schemas"]["Revision"][];
        };
        /** @description Where to go back to. */
        RollbackRequest: {
            /** @description The revision; without it the last one that all instances have run. */
            revision?: number;
        };
        /** @description How far the present revision is with the instances. */
        Rollout: {
            /**
             * @description `settled`: all instances have run it; `progressing`: they are brought to it; `paused`: until somebody resumes; `halted`: it did not
             *     come up, and waits for somebody to resume, to go back or to update again.
             * @enum {string}
             */
            state: "settled" | "progressing" | "paused" | "halted";
            /** @description The last revision that all instances have run. */
            stableRevision?: number;
            /** @description Why it has halted. */
            reason?: string;
        };
        /** @description Where to go; what is named must all hold. */
        Destination: {
            cluster?: components["schemas"]["Name"];
            /** @description Name of the place. */
            location?: string;
            worker?: components["schemas"]["Name"];
        };
        /** @description Which instances go where. */
        MigrateRequest: {
            to: components["schemas"]["Destination"];
            /** @description The instances; all of the service when absent. */
            instanceIds?: components["schemas"]["Id"][];
            /**
             * @description `makeBeforeBreak`: the source stops once the target is healthy; where the target fails, the source stays. `breakBeforeMake`, for
             *     what must not run twice: the target has its room reserved, the source stops, then the target starts; where it fails, the
             *     instance goes back to the cluster it came from.
             * @default makeBeforeBreak
             * @enum {string}
             */
            strategy?: "makeBeforeBreak" | "breakBeforeMake";
            /**
             * @description How long a target may take until it runs, and a source until it has confirmed its stop.
             * @default 300
             */
            timeoutSeconds?: number;
            /**
             * @description How long a target has to run without a break until the source is told to stop.
             * @default 5
             */
            healthySeconds?: number;
        };
        /** @description Where a port of an instance can be reached. */
        Address: {
            /** @description Host name or address. */
            host: string;
            /** @description Port on that host. */
            port: number;
            /** @description The port in the descriptor. */
            containerPort?: number;
            /**
             * @description Transport protocol.
             * @enum {string}
             */
            protocol?: "tcp" | "udp";
        };
        /** @description One binding of an instance to a cluster. There is one, but for the time of a migration, when the old and the new one stand side by side. */
        Half: {
            /** @description Rises with every binding. */
            generation: number;
            /**
             * @description The one that counts, the one that will, or one that has to go.
             * @enum {string}
             */
            role: "current" | "incoming" | "retiring";
            clusterId: components["schemas"]["Id"];
            clusterName: components["schemas"]["Name"];
            worker?: components["schemas"]["Name"];
            /**
             * @description What the cluster is told.
             * @enum {string}
             */
            action: "run" | "stop";
            /** @description Whether the cluster has confirmed it. */
            acknowledged: boolean;
            /** @description Revision of the service that it runs. */
            revision: number;
            phase: components["schemas"]["Phase"];
            /** @description What the cluster said about it. */
            reason?: string;
        };
        /** @description One replica of a service. */
        Instance: {
            id: components["schemas"]["Id"];
            serviceId: components["schemas"]["Id"];
            serviceName: components["schemas"]["DnsLabel"];
            application: components["schemas"]["DnsLabel"];
            /** @description Number of the replica within the service. */
            ordinal: number;
            /** @description Revision of the service that it should run. */
            revision: number;
            phase: components["schemas"]["Phase"];
            /** @description Why it is not further. */
            reason?: string;
            /** @description Why it was chosen to go when the service was scaled down. */
            removalReason?: string;
            clusterId?: components["schemas"]["Id"];
            clusterName?: components["schemas"]["Name"];
            worker?: components["schemas"]["Name"];
            /** @description Where its ports can be reached. */
            addresses?: components["schemas"]["Address"][];
            use?: components["schemas"]["ResourceUse"];
            /** @description How often the agent has restarted it. */
            restarts?: number;
            /** @description Its bindings to clusters. */
            halves: components["schemas"]["Half"][];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            /** @description Rises with every change. */
            version: number;
        };
        /** @description One page of instances. */
        InstancePage: {
            /** @description The instances. */
            items: components["schemas"]["Instance"][];
            /** @description Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** @description Number of clusters by the filter that dropped them. */
        DropCounts: {
            [key: string]: number;
        };
        /** @description A decision of a scheduler, as it was made. */
        PlacementDecision: {
            verdict: components["schemas"]["Verdict"];
            /** @description Name of the scheduler. */
            scheduler: string;
            decidedAt: components["schemas"]["Timestamp"];
            clusterId?: components["schemas"]["Id"];
            clusterName?: components["schemas"]["Name"];
            /** @description Score of the chosen cluster. */
            score?: number;
            /** @description Number of clusters looked at; 0 where a remote scheduler decided. */
            considered: number;
            dropped: components["schemas"]["DropCounts"];
            /** @description What the scheduler said, or why the built-in one decided in the place of another. */
            reason?: string;
        };
        /** @description Partial scores between 0 and 1. */
        Scores: {
            /** @description How full the cluster would be. */
            bestFit: number;
            /** @description How few instances of the service are there. */
            spread: number;
            /** @description How close it is to the wanted place. */
            distance: number;
        };
        /** @description What one cluster looks like to the scheduler for this request. */
        ClusterConsideration: {
            clusterId: components["schemas"]["Id"];
            clusterName: components["schemas"]["Name"];
            /** @description The filter that dropped it: `organization`, `cluster`, `location`, `worker`, `liveness`, `schedulable`, `capability`, `labels`, `taints`, `distance` or `capacity`. */
            droppedBy?: string;
            /** @description Why the filter dropped it. */
            detail?: string;
            /** @description Sum of the weighted scores. */
            score?: number;
            scores?: components["schemas"]["Scores"];
        };
        /** @description Why an instance is where it is. */
        PlacementExplanation: {
            instanceId: components["schemas"]["Id"];
            decision?: components["schemas"]["PlacementDecision"];
            /** @description Clusters as they look now, best first, at most 100. */
            clusters: components["schemas"]["ClusterConsideration"][];
        };
        /** @description Where one replica would go. */
        PlannedPlacement: {
            /** @description Number of the replica. */
            ordinal: number;
            /** @description Name of the scheduler that decided. */
            scheduler?: string;
            /** @description What the scheduler said, or why the built-in one decided in the place of another. */
            reason?: string;
            clusterId?: components["schemas"]["Id"];
            clusterName?: components["schemas"]["Name"];
            verdict: components["schemas"]["Verdict"];
        };
        /** @description Where the instances would go now. */
        Plan: {
            /** @description One entry a replica, at most 1,000. */
            placements: components["schemas"]["PlannedPlacement"][];
            /** @description Clusters as they look to the first replica, best first, at most 100. */
            clusters: components["schemas"]["ClusterConsideration"][];
        };
        /**
         * @description How far an operation is. `running` is the only state that is not final, and stays so; more final ones may come.
         * @enum {string}
         */
        OperationState: "running" | "succeeded" | "failed" | "cancelled";
        /**
         * @description What was wished. More kinds may come.
         * @enum {string}
         */
        OperationKind: "deploy" | "update" | "rollback" | "scale" | "migrate" | "terminate" | "drain" | "removeCluster";
        /** @description How much of the work is done. */
        Progress: {
            /** @description Steps done. */
            done: number;
            /** @description Steps in all. */
            total: number;
        };
        /** @description One accepted wish and how far it is. */
        Operation: {
            id: components["schemas"]["Id"];
            kind: components["schemas"]["OperationKind"];
            state: components["schemas"]["OperationState"];
            /**
             * @description What the wish is about.
             * @enum {string}
             */
            subjectKind: "service" | "cluster";
            subjectId: components["schemas"]["Id"];
            /** @description Name of the service or cluster. */
            subjectName: string;
            progress: components["schemas"]["Progress"];
            /** @description Why it failed, was cancelled, or is not further. */
            reason?: string;
            /** @description The instances that scaling down has chosen, at most 100. */
            removals?: components["schemas"]["Removal"][];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            endedAt?: components["schemas"]["Timestamp"];
        };
        /** @description An instance that goes, and why that one. */
        Removal: {
            instanceId: components["schemas"]["Id"];
            /** @description Number of the replica. */
            ordinal: number;
            /** @description Why it was chosen. */
            reason: string;
        };
        /** @description One page of operations. */
        OperationPage: {
            /** @description The operations. */
            items: components["schemas"]["Operation"][];
            /** @description Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** @description One entry of the history. */
        Event: {
            /** @description Position in the history; without gaps. */
            sequence: number;
            /** @description What happened, as `<subject>.<verb>`: `service.deployed`, `instance.phaseChanged`, `cluster.registered`, and others. More types may come. */
            type: string;
            at: components["schemas"]["Timestamp"];
            /**
             * @description What it is about.
             * @enum {string}
             */
            subjectKind: "service" | "cluster" | "instance" | "operation";
            subjectId: components["schemas"]["Id"];
            /** @description Other resources that it concerns: the service and the cluster of an instance, the subject of an operation. */
            relatedIds?: components["schemas"]["Id"][];
            /** @description The values that changed. */
            data: {
                [key: string]: unknown;
            };
        };
        /** @description SHA-256 in hexadecimal digits; nothing before the first entry. */
        AuditHash: string;
        /** @description Who did, or wanted to do, something. */
        AuditActor: {
            /** @description `administrator`, `user`, `apiKey`, `enrolment`, `scheduler` or `cluster`; `peer` for those of 2021, `nobody` for who wants to sign in. More kinds may come. */
            kind: string;
            id?: components["schemas"]["Id"];
            /** @description Name of the user or key; of somebody who wants to sign in, the name they say. */
            name?: string;
        };
        /** @description One request that has changed something, or was refused. */
        AuditEntry: {
            /** @description One more than that of the entry before. */
            sequence: number;
            /**
             * Format: date-time
             * @description When it was answered.
             */
            at: string;
            actor: components["schemas"]["AuditActor"];
            /** @description Address from which it came. */
            address: string;
            /** @description Operation of this contract. */
            operationId: string;
            /** @description What it was about: the thing in the address, or the one that was made. */
            subjectId?: string;
            /** @description HTTP status of the answer. */
            status: number;
            /** @description The last part of the `type` of the problem, where it was one. */
            code?: string;
            /** @description The `x-request-id` of the answer. */
            requestId: string;
            previousHash: components["schemas"]["AuditHash"];
            hash: components["schemas"]["AuditHash"];
        };
        /** @description One page of the audit log. */
        AuditPage: {
            /** @description The entries, newest first. */
            items: components["schemas"]["AuditEntry"][];
            /** @description Absent on the last page. */
            nextCursor?: string;
        };
        /** @description What was found when the chain of the audit log was followed. */
        AuditVerdict: {
            /** @description Whether everything is as it was written. */
            intact: boolean;
            /** @description Entries that are in order. */
            entries: number;
            /** @description The first thing that is wrong. */
            fault?: string;
            /** @description Number of the entry that was written last. */
            sequence: number;
            hash: components["schemas"]["AuditHash"];
            /** @description Number of the last entry that is no longer kept. */
            trimmedTo: number;
            anchor: components["schemas"]["AuditHash"];
        };
        /** @description One page of the history. */
        EventPage: {
            /** @description The events, in the order that was asked for. */
            items: components["schemas"]["Event"][];
            /** @description Pass it as `after` for the next page, or to follow what comes. Newest first: up to where the page was read. */
            lastSequence: number;
        };
        /** @description Number of clusters by state. */
        ClusterCounts: {
            [key: string]: number;
        };
        /** @description Number of services by phase. */
        ServiceCounts: {
            [key: string]: number;
        };
        /** @description A sum of computing resources. */
        ResourceTotals: {
            /** @description CPU cores. */
            cpuCores: number;
            /** @description Memory in MiB. */
            memoryMiB: number;
            /** @description Whole GPUs. */
            gpus: number;
        };
        /** @description Everything in a few numbers. States and phases that nothing is in are left out. */
        Summary: {
            clusters: components["schemas"]["ClusterCounts"];
            /** @description Workers of all clusters. */
            workers: number;
            capacity: components["schemas"]["ResourceTotals"];
            reserved: components["schemas"]["ResourceTotals"];
            services: components["schemas"]["ServiceCounts"];
            instances: components["schemas"]["PhaseCounts"];
            /** @description Operations under way. */
            runningOperations: number;
            /** @description The history up to here is in the numbers. Pass it as `after` to follow what comes. */
            lastSequence: number;
            countedAt: components["schemas"]["Timestamp"];
        };
        /** @description Number of answers by verdict. */
        VerdictCounts: {
            [key: string]: number;
        };
        /** @description Someone who decides where instances go. */
        Scheduler: {
            name: components["schemas"]["DnsLabel"];
            /** @description `built-in`, or the protocol of a remote one: `websocket`, `http`. More kinds may come. */
            kind: string;
            /** @description Whether it can be asked now. */
            available: boolean;
            /** @description Answers in time since the manager started. */
            decisions: number;
            verdicts: components["schemas"]["VerdictCounts"];
            /** @description Answers that did not hold: no such cluster, no capacity left, a filter not passed. */
            refused: number;
            /** @description Requests without an answer in time. */
            unanswered: number;
            /** @description Answers to nothing that was open, which changed nothing. */
            late: number;
            latency?: components["schemas"]["SchedulerLatency"];
        };
        /** @description Time from asking to the answer, in milliseconds, of the newest 1,000 batches. Absent before the first. */
        SchedulerLatency: {
            /** @description Half of the answers were faster. */
            p50Ms: number;
            /** @description 99 of 100 answers were faster. */
            p99Ms: number;
        };
        /** @description The schedulers. */
        SchedulerList: {
            /** @description The schedulers. */
            items: components["schemas"]["Scheduler"][];
        };
        /** @description What a scheduler answered to a test. */
        SchedulerTest: {
            scheduler: components["schemas"]["DnsLabel"];
            /** @description Whether an answer came in time. */
            answered: boolean;
            /** @description How long it took. */
            latencyMs: number;
            verdict?: components["schemas"]["Verdict"];
            /** @description Why there is no answer, or why it does not hold. */
            reason?: string;
        };
        /** @description Versions in use. */
        Version: {
            /** @description Version of the manager. */
            version: string;
            /** @description Version of this document. */
            contract: string;
            /** @description Version of Node.js. */
            node: string;
            /**
             * @description Where the state is kept.
             * @enum {string}
             */
            store: "embedded" | "mongodb";
        };
        /** @description The process is alive. */
        Health: {
            /**
             * @description Always `ok`.
             * @constant
             */
            status: "ok";
        };
        /** @description What the manager needs for its work. */
        Readiness: {
            /**
             * @description Always `ready`.
             * @constant
             */
            status: "ready";
            /**
             * @description Where several managers share a store, one of them leads: it decides and places. All of them serve requests and agents.
             * @enum {string}
             */
            role: "leader" | "follower";
            /** @description State of each part. */
            checks: {
                [key: string]: string;
            };
        };
        /** @description Clusters that vanished together, while that holds back placing elsewhere. */
        Storm: {
            /** @description Whether placing elsewhere is held back. */
            active: boolean;
            /** @description Why. */
            reason?: string;
            /** @description How many clusters there were before. */
            of: number;
            /** @description The clusters that vanished together, the first one first. */
            vanished: components["schemas"]["VanishedCluster"][];
        };
        /** @description A cluster that vanished together with others. */
        VanishedCluster: {
            clusterId: components["schemas"]["Id"];
            clusterName: components["schemas"]["Name"];
            lastHeardAt?: components["schemas"]["Timestamp"];
        };
        /** @description What is wrong with one field. */
        FieldError: {
            /** @description JSON pointer into the body, or `#/query/<name>`, `#/path/<name>`, `#/header/<name>`. */
            pointer: string;
            /** @description What is wrong. */
            detail: string;
        };
        /** @description A failure (RFC 9457). */
        Problem: {
            /** @description Stable address of the kind of failure: `/problems/<code>`. */
            type: string;
            /** @description The kind of failure in words. */
            title: string;
            /** @description HTTP status. */
            status: number;
            /** @description What went wrong this time, and what to do. */
            detail?: string;
            /** @description Id of the request, for questions to the operator. */
            instance?: string;
            /** @description What is wrong, field by field. */
            errors?: components["schemas"]["FieldError"][];
        };
        /** @description What a cluster observed of one half of an instance. */
        InstanceReport: {
            instanceId: components["schemas"]["Id"];
            /** @description Generation of the order that it belongs to. */
            generation: number;
            /**
             * @description `FAILED`: the agent tries again; `DEAD`: it has given up; `UNDEPLOYED`: nothing of it is left there.
             * @enum {string}
             */
            phase: "NODE_SCHEDULED" | "CREATING" | "RUNNING" | "COMPLETED" | "FAILED" | "DEAD" | "UNDEPLOYING" | "UNDEPLOYED";
            worker?: components["schemas"]["Name"];
            /** @description Why, in words. */
            reason?: string;
            /** @description Exit code of the last run. */
            exitCode?: number;
            /** @description How often it was restarted. */
            restarts?: number;
            /** @description Where its ports can be reached. */
            addresses?: components["schemas"]["Address"][];
            use?: components["schemas"]["ResourceUse"];
        };
        /** @description What a cluster says about itself. */
        Report: {
            /** @description Session that the manager gave. */
            session: number;
            /** @description Rises with every report of the session. */
            sequence: number;
            /**
             * @description Whether `instances` is everything that the cluster has, or only what changed.
             * @default false
             */
            full?: boolean;
            capacity?: components["schemas"]["Resources"];
            use?: components["schemas"]["ResourceUse"];
            /** @description Workers of the cluster; when present, they replace those that were reported before. */
            workers?: components["schemas"]["Worker"][];
            /** @description What was observed of instances. */
            instances: components["schemas"]["InstanceReport"][];
        };
        /** @description What became of a report. */
        ReportReceipt: {
            /** @description Session of the report. */
            session: number;
            /** @description Sequence number of the report. */
            sequence: number;
            /** @description False when it is stale. */
            applied: boolean;
            /** @description What was reported without being bound to this cluster. It has to be stopped; nothing of it was taken in. */
            strangers: components["schemas"]["InstanceReference"][];
        };
        /** @description Names one half of an instance. */
        InstanceReference: {
            instanceId: components["schemas"]["Id"];
            /** @description Generation of the order that it belongs to. */
            generation: number;
        };
        /** @description The first frame of an agent. */
        HelloFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "hello";
            name: components["schemas"]["Name"];
            /** @description Name of the place. */
            location?: string;
            coordinates?: components["schemas"]["Coordinates"];
            capabilities: components["schemas"]["Capabilities"];
            labels?: components["schemas"]["Labels"];
            capacity?: components["schemas"]["Resources"];
            /** @description Version of the agent. */
            agentVersion?: string;
            /** @description Session that it had before; it goes into the log. */
            resume?: number;
            /** @description Public key of the curve P-256 (PEM) for which it wants a client certificate. */
            publicKey?: string;
        };
        /** @description A report. */
        ReportFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "report";
            /** @description Session that the manager gave. */
            session: number;
            /** @description Rises with every report of the session. */
            sequence: number;
            /**
             * @description Whether `instances` is everything that the cluster has, or only what changed.
             * @default false
             */
            full?: boolean;
            capacity?: components["schemas"]["Resources"];
            use?: components["schemas"]["ResourceUse"];
            /** @description Workers of the cluster; when present, they replace those that were reported before. */
            workers?: components["schemas"]["Worker"][];
            /** @description What was observed of instances. */
            instances: components["schemas"]["InstanceReport"][];
        };
        /** @description Names an order. */
        OrderReference: {
            instanceId: components["schemas"]["Id"];
            /** @description Generation of the order. */
            generation: number;
            action: components["schemas"]["OrderAction"];
        };
        /**
         * @description What to do. Running and stopping the same generation are two orders; a stop is never followed by a run of the same generation.
         * @enum {string}
         */
        OrderAction: "run" | "stop";
        /** @description Orders that are done. */
        AckFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "ack";
            /** @description Id of the `apply` frame. */
            id: string;
            /** @description The orders that are done. */
            orders: components["schemas"]["OrderReference"][];
        };
        /** @description Orders that the agent cannot carry out. */
        NackFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "nack";
            /** @description Id of the `apply` frame. */
            id: string;
            /** @description The orders that are refused. */
            orders: components["schemas"]["OrderReference"][];
            problem: components["schemas"]["Problem"];
        };
        /** @description The agent leaves in order; its instances go on. */
        ByeFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "bye";
        };
        /**
         * @description Asks for another credential of the cluster. The one that the session was opened with stays good until the new one has been
         *     used. Asked twice before that, the newer answer counts.
         */
        RotateFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "rotate";
        };
        /** @description A frame of such a session, in either direction. */
        AgentSessionFrame: components["schemas"]["AgentFrame"] | components["schemas"]["ManagerFrame"];
        /** @description A frame from an agent. */
        AgentFrame: components["schemas"]["HelloFrame"] | components["schemas"]["ReportFrame"] | components["schemas"]["AckFrame"] | components["schemas"]["NackFrame"] | components["schemas"]["ByeFrame"] | components["schemas"]["RotateFrame"];
        /** @description The manager's answer to `hello`. The agent answers with a full report. */
        WelcomeFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "welcome";
            clusterId: components["schemas"]["Id"];
            /** @description Number of this session. */
            session: number;
            /** @description The cluster's credential; on first enrolment only. Keep it. */
            credential?: string;
            /** @description A client certificate (PEM) for the `publicKey` of hello, when the cluster is due one. Connect with it from then on. */
            certificate?: string;
            /** @description How often the manager pings. Silence for three times as long means the connection is dead. */
            heartbeatIntervalMs: number;
            /** @description How often a report is expected at the least. */
            reportIntervalMs: number;
        };
        /** @description One order. Orders are the same if instance, generation and action are the same. */
        Order: {
            instanceId: components["schemas"]["Id"];
            /** @description Generation of the binding. */
            generation: number;
            action: components["schemas"]["OrderAction"];
            worker?: components["schemas"]["Name"];
            serviceId?: components["schemas"]["Id"];
            /** @description Number of the replica. */
            ordinal?: number;
            /** @description Revision of the descriptor. */
            revision?: number;
            descriptor?: components["schemas"]["ServiceDescriptor"];
        };
        /** @description A batch of orders. A `run` carries the service, ordinal, revision and descriptor. */
        ApplyFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "apply";
            /** @description Id for `ack` and `nack`. */
            id: string;
            /** @description The orders. */
            orders: components["schemas"]["Order"][];
        };
        /** @description The report is taken in and durable; the agent may forget changes up to there. */
        ReportedFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "reported";
            /** @description Session of the report. */
            session: number;
            /** @description Sequence number of the report. */
            sequence: number;
            /** @description False when it was stale. */
            applied: boolean;
        };
        /** @description The answer to `rotate`. Store it durably, then connect with it; that ends the old one. */
        CredentialFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "credential";
            /** @description The cluster's next credential. */
            credential: string;
        };
        /** @description A problem. The session may end after it. */
        ErrorFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "error";
            problem: components["schemas"]["Problem"];
        };
        /** @description A frame from the manager to an agent. */
        ManagerFrame: components["schemas"]["WelcomeFrame"] | components["schemas"]["ApplyFrame"] | components["schemas"]["ReportedFrame"] | components["schemas"]["CredentialFrame"] | components["schemas"]["ErrorFrame"];
        /** @description The first frame of a scheduler. */
        SchedulerHelloFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "hello";
            name: components["schemas"]["DnsLabel"];
            /**
             * @description Largest number of requests that it takes in one `place` frame.
             * @default 200
             */
            requestsMax?: number;
            /** @description Its version, for the log of the manager. */
            schedulerVersion?: string;
        };
        /** @description A scheduler's answer for one instance. */
        PlacementAnswer: {
            instanceId: components["schemas"]["Id"];
            /**
             * @description It has a cluster, or why it has none.
             * @enum {string}
             */
            verdict: "PLACED" | "TargetClusterNotFound" | "TargetClusterNotActive" | "TargetClusterNoCapacity" | "NoActiveClusterWithCapacity";
            clusterId?: components["schemas"]["Id"];
            worker?: components["schemas"]["Name"];
            /** @description How good the choice is, by a measure of its own. */
            score?: number;
            /** @description Why, in words; shown to users. */
            reason?: string;
        };
        /** @description Answers to a `place` frame, all of them or a part. */
        PlacedFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "placed";
            /** @description Id of the `place` frame. */
            id: string;
            /** @description One answer an instance. */
            placements: components["schemas"]["PlacementAnswer"][];
        };
        /** @description A frame of such a session, in either direction. */
        SchedulerSessionFrame: components["schemas"]["SchedulerFrame"] | components["schemas"]["SchedulerManagerFrame"];
        /** @description A frame from a scheduler. */
        SchedulerFrame: components["schemas"]["SchedulerHelloFrame"] | components["schemas"]["PlacedFrame"] | components["schemas"]["ByeFrame"];
        /** @description The manager's answer to `hello`. The picture of the clusters follows. */
        SchedulerWelcomeFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "welcome";
            /** @description Number of this session. */
            session: number;
            /** @description How often the manager pings. Silence for three times as long means the connection is dead. */
            heartbeatIntervalMs: number;
            /** @description How long a batch usually may take. */
            deadlineMs: number;
        };
        /** @description What a scheduler has to know of one cluster. */
        ClusterPicture: {
            id: components["schemas"]["Id"];
            name: components["schemas"]["Name"];
            /** @description Name of the place. */
            location?: string;
            coordinates?: components["schemas"]["Coordinates"];
            /** @description Whether it was heard of lately. */
            active: boolean;
            /** @description Whether it takes new instances. */
            schedulable: boolean;
            capabilities: components["schemas"]["Capabilities"];
            labels: components["schemas"]["Labels"];
            /** @description Instances that do not tolerate all of them are refused. */
            taints: string[];
            /** @description Workers that are known by name. */
            workers: components["schemas"]["Name"][];
            capacity: components["schemas"]["Resources"];
            free: components["schemas"]["FreeResources"];
        };
        /** @description What is neither reserved nor answered for. Below zero where the cluster has shrunk. */
        FreeResources: {
            /** @description CPU cores. */
            cpuCores: number;
            /** @description Memory in MiB. */
            memoryMiB: number;
            /** @description Whole GPUs. */
            gpus: number;
        };
        /** @description The picture of the clusters, whole or what has changed. */
        ClustersFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "clusters";
            /** @description Version of the picture after this frame; rises with each change within a session. */
            version: number;
            /** @description Whether it begins a whole picture; forget what came before. */
            full: boolean;
            /** @description Whether further frames belong to the same version. */
            more: boolean;
            /** @description Clusters that are new or changed. */
            clusters: components["schemas"]["ClusterPicture"][];
            /** @description Clusters that are gone. */
            removed: components["schemas"]["Id"][];
        };
        /** @description How many instances of the same service are at a cluster. */
        SiblingCount: {
            clusterId: components["schemas"]["Id"];
            /** @description Number of instances. */
            count: number;
        };
        /** @description Why the last answer to the request was not taken. */
        PlacementRefusal: {
            clusterId?: components["schemas"]["Id"];
            /** @description What the named cluster does not pass: `unknown` (there is none like that), `organization`, `cluster`, `location`, `worker`, `liveness`, `schedulable`, `capability`, `labels`, `taints`, `distance` or `capacity`. More may come. */
            filter: string;
            /** @description The same in words. */
            detail: string;
        };
        /** @description One instance that needs a cluster. */
        PlacementRequest: {
            instanceId: components["schemas"]["Id"];
            serviceId: components["schemas"]["Id"];
            serviceName: components["schemas"]["DnsLabel"];
            application: components["schemas"]["DnsLabel"];
            /** @description Capability that the cluster has to have. */
            runtime: string;
            resources: components["schemas"]["Resources"];
            placement: components["schemas"]["Placement"];
            labels: components["schemas"]["Labels"];
            /** @description Where other instances of the service are. */
            siblings: components["schemas"]["SiblingCount"][];
            refusal?: components["schemas"]["PlacementRefusal"];
        };
        /** @description A batch of requests. What has to be known of the clusters was sent before. */
        PlaceFrame: {
            /**
             * @description Kind of frame.
             * @constant
             */
            type: "place";
            /** @description Id for `placed`. */
            id: string;
            /** @description Version of the picture at this point. */
            version: number;
            /** @description Time until nobody waits for the answer any more. */
            deadlineMs: number;
            /** @description The instances. */
            requests: components["schemas"]["PlacementRequest"][];
        };
        /** @description A frame from the manager to a scheduler. */
        SchedulerManagerFrame: components["schemas"]["SchedulerWelcomeFrame"] | components["schemas"]["ClustersFrame"] | components["schemas"]["PlaceFrame"] | components["schemas"]["ErrorFrame"];
        /** @description A plain text. */
        EdgeioText: string;
        /** @description An ObjectId in Extended JSON. */
        EdgeioObjectId: {
            $oid: components["schemas"]["Id"];
        };
        /** @description A date in Extended JSON, relaxed. */
        EdgeioDate: {
            /**
             * Format: date-time
             * @description The date.
             */
            $date: string;
        };
        /** @description The job that was deployed. */
        EdgeioDeployed: {
            job_id: components["schemas"]["Id"];
        };
        /** @description The form with the descriptor. */
        EdgeioUpload: {
            /** @description The YAML file. */
            file: string;
        };
        /** @description A service as the database of 2021 has it. */
        EdgeioJob: {
            _id: components["schemas"]["EdgeioObjectId"];
            /** @description Full name. */
            job_name: string;
            /** @description The descriptor, with all fields that it came with. */
            file_content: {
                [key: string]: unknown;
            };
            /** @description A phase or a negative verdict of the scheduler. */
            status: string;
            cluster?: components["schemas"]["EdgeioObjectId"];
            /** @description Wanted number of replicas. */
            replicas?: number;
        };
        /** @description All jobs. */
        EdgeioJobs: components["schemas"]["EdgeioJob"][];
        /** @description A cluster as the database of 2021 has it. */
        EdgeioCluster: {
            _id: components["schemas"]["EdgeioObjectId"];
            /** @description Name. */
            cluster_name: string;
            /** @description Location. */
            cluster_location?: string;
            /** @description Address at which it takes orders. */
            ip?: string;
            /** @description Port at which it takes orders. */
            port?: string;
            /** @description What it told of itself. */
            clusterinfo?: unknown;
            /** @description Number of workers. */
            nodes: number;
            /** @description Workers that it reported. */
            active_nodes?: number;
            /** @description CPU in use. */
            aggregated_cpu_percent?: number;
            /** @description Free cores. */
            total_cpu_cores?: number;
            /** @description Memory in use. */
            aggregated_memory_percent?: number;
            /** @description Free memory. */
            memory_in_mb?: number;
            /** @description What it can run. */
            technology?: string[];
            /** @description Whatever else it reported. */
            more?: unknown;
            last_modified?: components["schemas"]["EdgeioDate"];
            /** @description Seconds since 1970 of its last report. */
            last_modified_timestamp?: number;
        };
        /** @description Clusters. */
        EdgeioClusters: components["schemas"]["EdgeioCluster"][];
        /** @description Sums over the workers of a cluster, and its jobs. */
        EdgeioReport: {
            /** @description CPU in use. */
            cpu_percent?: number;
            /** @description Free cores. */
            cpu_cores?: number;
            /** @description Memory in use. */
            memory_percent?: number;
            /** @description Free memory. */
            cumulative_memory_in_mb?: number;
            /** @description Workers that are up. */
            number_of_nodes?: number;
            /** @description What the cluster can run. */
            technology?: string[];
            /** @description Whatever else it says. */
            more?: unknown;
            /** @description All jobs that the cluster has. */
            jobs?: components["schemas"]["EdgeioJobReport"][];
        } & {
            [key: string]: unknown;
        };
        /** @description How one job is doing. */
        EdgeioJobReport: {
            /** @description Id of the job. */
            system_job_id: string;
            /** @description A phase or what went wrong. */
            status: string;
        } & {
            [key: string]: unknown;
        };
        /** @description Where a job goes. Sent as it is, or as a JSON text that holds it. */
        EdgeioResult: {
            /** @description Id of the job. */
            job_id: string;
            /** @description Number of replicas. */
            replicas?: number;
            /** @description The whole cluster or its id. */
            cluster: unknown;
            /** @description The descriptor or the id. */
            job?: unknown;
        } & {
            [key: string]: unknown;
        };
        /** @description From one location to another. */
        EdgeioClusterMove: {
            /** @description Id of the job. */
            job_id: string;
            /** @description Where it is. */
            from_location: string;
            /** @description Where it goes. */
            to_location: string;
        } & {
            [key: string]: unknown;
        };
        /** @description From one node of a cluster to another. */
        EdgeioNodeMove: {
            /** @description Id of the job. */
            job_id: string;
            /** @description Location of the cluster. */
            cluster: string;
            /** @description Where it is. */
            from_node: string;
            /** @description Where it goes. */
            to_node: string;
        } & {
            [key: string]: unknown;
        };
        /** @description A number of replicas. */
        EdgeioReplication: {
            /** @description Id of the job. */
            job_id: string;
            /** @description Wanted number of replicas. */
            replicas: number;
        } & {
            [key: string]: unknown;
        };
        /** @description The organization that it belongs to; absent where it belongs to the installation. */
        OwnerId: string;
        /** @description Bounds of what the live services of an organization may want together, which is replicas times resources. What is absent is not bounded. */
        Quota: {
            /** @description Replicas. */
            instances?: number;
            /** @description CPU cores. */
            cpuCores?: number;
            /** @description Memory in MiB. */
            memoryMiB?: number;
        };
        /** @description A new organization. */
        NewOrganization: {
            name: components["schemas"]["DnsLabel"];
            /** @description Its name in full. */
            displayName?: string;
            quota?: components["schemas"]["Quota"];
        };
        /** @description The fields to change. */
        OrganizationChange: {
            /** @description Its name in full. */
            displayName?: string;
            quota?: components["schemas"]["Quota"];
        };
        /** @description A team that shares the installation with others. */
        Organization: {
            id: components["schemas"]["Id"];
            name: components["schemas"]["DnsLabel"];
            /** @description Its name in full. */
            displayName?: string;
            quota: components["schemas"]["Quota"];
            used: components["schemas"]["OrganizationUse"];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            /** @description Rises with every change by users. */
            version: number;
        };
        /** @description What the live services of an organization want. */
        OrganizationUse: {
            /** @description Replicas. */
            instances: number;
            /** @description CPU cores. */
            cpuCores: number;
            /** @description Memory in MiB. */
            memoryMiB: number;
        };
        /** @description One page of organizations. */
        OrganizationPage: {
            /** @description The organizations. */
            items: components["schemas"]["Organization"][];
            /** @description Pass it as `cursor` to get the next page. */
            nextCursor?: string;
        };
        /** @description Where deliveries go to, with `https` wherever somebody could listen. No name and password, and no fragment. */
        WebhookUrl: string;
        /** @description Types of events that are sent; `service.*` for all of a subject. Empty for every event. */
        EventTypes: string[];
        /** @description Where events are sent to. */
        Webhook: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            /** @description What it is for. */
            name?: string;
            url: components["schemas"]["WebhookUrl"];
            types: components["schemas"]["EventTypes"];
            /** @description Whether it is switched on. */
            enabled: boolean;
            /** @description The last event that was taken or put aside. Events that it does not ask for are counted now and then. */
            lastSequence: number;
            /** @description Failures of the delivery under way. */
            failures: number;
            /** @description Why the last attempt failed: the receiver … */
            lastError?: string;
            failingSince?: components["schemas"]["Timestamp"];
            nextAttemptAt?: components["schemas"]["Timestamp"];
            lastDeliveredAt?: components["schemas"]["Timestamp"];
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            /** @description Rises with every change by users. */
            version: number;
        };
        /** @description One page of webhooks. */
        WebhookPage: {
            /** @description The webhooks. */
            items: components["schemas"]["Webhook"][];
            /** @description Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** @description A new webhook. */
        NewWebhook: {
            organizationId?: components["schemas"]["OwnerId"];
            /** @description What it is for. */
            name?: string;
            url: components["schemas"]["WebhookUrl"];
            types?: components["schemas"]["EventTypes"];
        };
        /** @description The fields to change. */
        WebhookChange: {
            /** @description What it is for. */
            name?: string;
            url?: components["schemas"]["WebhookUrl"];
            types?: components["schemas"]["EventTypes"];
            /** @description Whether it is switched on. */
            enabled?: boolean;
        };
        /** @description A webhook with its secret. */
        WebhookWithSecret: {
            webhook: components["schemas"]["Webhook"];
            /** @description What deliveries are signed with. Shown once. */
            secret: string;
        };
        /** @description What receivers get. */
        WebhookDelivery: {
            /** @description The same each time it is tried. */
            deliveryId: string;
            webhookId: components["schemas"]["Id"];
            /** @description The events, oldest first. */
            events: components["schemas"]["Event"][];
        };
        /** @description A delivery that was given up. */
        DeadLetter: {
            id: components["schemas"]["Id"];
            webhookId: components["schemas"]["Id"];
            /** @description How often it was tried. */
            attempts: number;
            /** @description Why the last attempt failed: the receiver … */
            reason: string;
            failedAt: components["schemas"]["Timestamp"];
            expiresAt: components["schemas"]["Timestamp"];
            /** @description The events, oldest first. */
            events: components["schemas"]["Event"][];
        };
        /** @description One page of dead letters. */
        DeadLetterPage: {
            /** @description The dead letters. */
            items: components["schemas"]["DeadLetter"][];
            /** @description Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** @description Name to sign in with; capital and small letters are the same. */
        UserName: string;
        /** @description At least 12 characters; must not contain the name. */
        Password: string;
        /**
         * @description What somebody is. `admin` may do everything; `organizationAdmin` everything but the installation's own; `applicationProvider`
         *     changes services, `infrastructureProvider` clusters; `viewer` reads. More roles may come.
         * @enum {string}
         */
        Role: "admin" | "organizationAdmin" | "applicationProvider" | "infrastructureProvider" | "viewer";
        /**
         * @description What a key allows; `write` does not include `read`. More permissions may come.
         * @enum {string}
         */
        Permission: "clusters:read" | "clusters:write" | "services:read" | "services:write" | "events:read" | "webhooks:write" | "schedulers:read" | "users:read" | "users:write" | "keys:write" | "organizations:read" | "organizations:write" | "system:read" | "system:write";
        /** @description Who signs in. */
        SignIn: {
            name: components["schemas"]["UserName"];
            /** @description The password. */
            password: string;
        };
        /** @description A sign-in that was begun. */
        OpenIdFlow: {
            /** @description Where the identity provider asks who it is. */
            authorizationUrl: string;
            /** @description Proves that whoever comes back is who went there. */
            flow: string;
            expiresAt: components["schemas"]["Timestamp"];
        };
        /** @description What the identity provider has sent back with the browser. */
        OpenIdAnswer: {
            /** @description From `beginOpenIdSignIn`. */
            flow: string;
            /** @description As it came. */
            code: string;
            /** @description As it came. */
            state: string;
            /** @description As it came. */
            iss?: string;
        };
        /** @description The refresh token that was given last. */
        Refresh: {
            /** @description The token. */
            refreshToken: string;
        };
        /** @description What somebody who has signed in holds. */
        SignedIn: {
            /** @description Bearer token for requests. */
            accessToken: string;
            accessTokenExpiresAt: components["schemas"]["Timestamp"];
            /** @description Exchange it for the next access token. */
            refreshToken: string;
            refreshTokenExpiresAt: components["schemas"]["Timestamp"];
            user: components["schemas"]["User"];
        };
        /** @description Somebody who signs in. */
        User: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            name: components["schemas"]["UserName"];
            /** @description Name for people. */
            displayName?: string;
            /** @description What the user is. */
            roles: components["schemas"]["Role"][];
            /** @description What follows from the roles. */
            permissions: components["schemas"]["Permission"][];
            /** @description Whether signing in is refused. */
            disabled: boolean;
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            /** @description Rises with each change; for `If-Match`. */
            version: number;
        };
        /** @description One page of users. */
        UserPage: {
            /** @description The users. */
            items: components["schemas"]["User"][];
            /** @description Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** @description A user to create. */
        NewUser: {
            organizationId?: components["schemas"]["OwnerId"];
            name: components["schemas"]["UserName"];
            /** @description Name for people. */
            displayName?: string;
            /** @description What the user is. */
            roles: components["schemas"]["Role"][];
            password: components["schemas"]["Password"];
        };
        /** @description What changes; what is absent stays. */
        UserChange: {
            /** @description Name for people. */
            displayName?: string;
            /** @description What the user is from now on. */
            roles?: components["schemas"]["Role"][];
            /** @description Whether signing in is refused. */
            disabled?: boolean;
        };
        /** @description A password to set. */
        NewPassword: {
            password: components["schemas"]["Password"];
        };
        /** @description The present password and the next. */
        PasswordChange: {
            /** @description The present password. */
            present: string;
            next: components["schemas"]["Password"];
        };
        /** @description A credential of a program; the key itself is not kept. */
        ApiKey: {
            organizationId?: components["schemas"]["OwnerId"];
            id: components["schemas"]["Id"];
            /** @description What it is for. */
            name: string;
            /** @description What it allows. */
            permissions: components["schemas"]["Permission"][];
            /** @description Id of the user who made it; absent when it was the administrator token. */
            ownerId?: string;
            createdAt: components["schemas"]["Timestamp"];
            expiresAt: components["schemas"]["Timestamp"];
            lastUsedAt?: components["schemas"]["Timestamp"];
        };
        /** @description One page of API keys. */
        ApiKeyPage: {
            /** @description The keys. */
            items: components["schemas"]["ApiKey"][];
            /** @description Cursor of the next page; absent on the last. */
            nextCursor?: string;
        };
        /** @description A key to make. */
        NewApiKey: {
            organizationId?: components["schemas"]["OwnerId"];
            /** @description What it is for. */
            name: string;
            /** @description What it allows. */
            permissions: components["schemas"]["Permission"][];
            /**
             * @description How long it is good.
             * @default 90
             */
            days?: number;
        };
        /** @description A new key. */
        ApiKeyCreated: {
            apiKey: components["schemas"]["ApiKey"];
            /** @description The bearer token. Shown once. */
            key: string;
        };
        /** @description A JSON Web Key Set (RFC 7517). */
        KeySet: {
            /** @description Public keys whose tokens may still be around. */
            keys: components["schemas"]["PublicKey"][];
        };
        /** @description A public key (RFC 8037). */
        PublicKey: {
            /**
             * @description Family of the key.
             * @example OKP
             */
            kty: string;
            /**
             * @description The curve.
             * @example Ed25519
             */
            crv: string;
            /** @description The public key, base64url. */
            x: string;
            /** @description Names the key in the header of a token. */
            kid: string;
            /**
             * @description Algorithm.
             * @example EdDSA
             */
            alg: string;
            /**
             * @description What it is for.
             * @example sig
             */
            use: string;
        };
    };
    responses: {
        /** @description The cluster. */
        Cluster: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Cluster"];
            };
        };
        /** @description The wish is accepted; the operation tells how far it is. */
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
        /** @description The wish is accepted; the operation tells how far it is. */
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
        /** @description The number of workers. */
        WorkerCount: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WorkerCount"];
            };
        };
        /** @description The user. */
        User: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["User"];
            };
        };
        /** @description The organization. */
        Organization: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Organization"];
            };
        };
        /** @description The webhook. */
        Webhook: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Webhook"];
            };
        };
        /** @description Tokens, and who they are for. */
        SignedIn: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SignedIn"];
            };
        };
        /** @description The request breaks the contract; `errors` names each field. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No token, or one that nobody knows. */
        Unauthorized: {
            headers: {
                /** @description How to prove who you are. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The token is known, and does not allow this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such resource. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The state of the resource does not allow this. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too often; `Retry-After` says when it makes sense again. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The history that was asked for is no longer kept. */
        Gone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The resource has changed since the version in `If-Match`. */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than the manager takes. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The content type is not one of those that the operation takes. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The idempotency key was used for another request. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description This address speaks WebSocket. */
        UpgradeRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The manager cannot do its work at the moment. */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other failure. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Refused, or failed; the text says why. */
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
        /** @description How many items at the most. */
        Limit: number;
        /** @description The `nextCursor` of the page before. */
        Cursor: string;
        /** @description Id of the cluster. */
        ClusterId: components["schemas"]["Id"];
        /** @description Id of the service. */
        ServiceId: components["schemas"]["Id"];
        /** @description Id of the instance. */
        InstanceId: components["schemas"]["Id"];
        /** @description Id of the organization. */
        OrganizationId: components["schemas"]["Id"];
        /** @description Id of the user. */
        UserId: components["schemas"]["Id"];
        /** @description Id of the webhook. */
        WebhookId: components["schemas"]["Id"];
        /** @description Id of the operation. */
        OperationId: components["schemas"]["Id"];
        /** @description How many instances of the cluster may be on the move at once. */
        ParallelMoves: number;
        /** @description Makes the write repeatable; kept for 24 hours. */
        IdempotencyKey: string;
        /** @description The `ETag` that the resource must still have; `*` for any. */
        IfMatch: string;
        /** @description Sequence number of the last event already seen. */
        EventsAfter: number;
        /** @description Only events that concern this service, cluster, instance or operation. */
        EventsSubjectId: components["schemas"]["Id"];
        /** @description Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
        EdgeioJobId: string;
        /** @description Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
        EdgeioClusterId: string;
        /** @description Wanted number of replicas. */
        EdgeioReplicas: number;
        /** @description Number of workers. */
        EdgeioCount: number;
    };
    requestBodies: {
        /** @description The descriptor, as JSON or as YAML. */
        ServiceDescriptor: {
            content: {
                "application/json": components["schemas"]["ServiceDescriptor"];
                "application/yaml": components["schemas"]["ServiceDescriptor"];
            };
        };
    };
    headers: {
        /** @description Address of the new resource, or of the operation to follow. */
        Location: string;
        /** @description Version of the resource, for `If-Match`. */
        ETag: string;
        /** @description Seconds after which a retry makes sense. */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listClusters: {
        parameters: {
            query?: {
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Only clusters in this state. */
                state?: components["schemas"]["ClusterState"];
                /** @description Only the cluster with this name. */
                name?: components["schemas"]["Name"];
                /** @description Only clusters at this location. */
                location?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of clusters. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
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
            /** @description The cluster and its credential. */
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
                /** @description Id of the cluster. */
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
                /** @description Do not wait for the site; its instances are declared dead. */
                force?: boolean;
                /** @description How many instances of the cluster may be on the move at once. */
                parallelMoves?: components["parameters"]["ParallelMoves"];
            };
            header?: {
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the cluster. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the cluster. */
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
                /** @description How many instances of the cluster may be on the move at once. */
                parallelMoves?: components["parameters"]["ParallelMoves"];
            };
            header?: {
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the cluster. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the cluster. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the cluster. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the cluster. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the cluster. */
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
                /** @description Id of the cluster. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The credential. */
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
                /** @description Id of the cluster. */
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
            /** @description The report was taken in, or is stale. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /** @description Id of the cluster. */
                clusterId: components["parameters"]["ClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of workers. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the cluster. */
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
                /** @description Name of the worker. */
                name?: components["schemas"]["Name"];
            };
            header?: {
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the cluster. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the cluster. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of enrolment tokens. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
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
            /** @description The token. */
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
                /** @description Id of the enrolment token. */
                tokenId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Only services of this application. */
                application?: components["schemas"]["DnsLabel"];
                /** @description Only services with this name. */
                name?: components["schemas"]["DnsLabel"];
                /** @description Only services in this phase. */
                phase?: components["schemas"]["Phase"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of services. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
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
            /** @description The plan. */
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
                /** @description Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the service. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the service. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the service. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the service. */
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
                /** @description Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The revisions, at most 11. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the service. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the service. */
                serviceId: components["parameters"]["ServiceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the service. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Only instances of this service. */
                serviceId?: components["schemas"]["Id"];
                /** @description Only instances bound to this cluster. */
                clusterId?: components["schemas"]["Id"];
                /** @description Only instances in this phase. */
                phase?: components["schemas"]["Phase"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of instances. */
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
                /** @description Id of the instance. */
                instanceId: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The instance. */
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
                /** @description Id of the instance. */
                instanceId: components["parameters"]["InstanceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The explanation. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Only operations on this service or cluster. */
                subjectId?: components["schemas"]["Id"];
                /** @description Only operations in this state. */
                state?: components["schemas"]["OperationState"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of operations. */
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
                /** @description How long to wait for the end, in milliseconds. */
                waitMs?: number;
            };
            header?: never;
            path: {
                /** @description Id of the operation. */
                operationId: components["parameters"]["OperationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operation. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the operation. */
                operationId: components["parameters"]["OperationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operation, cancelled. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description Sequence number of the last event already seen. */
                after?: components["parameters"]["EventsAfter"];
                /** @description Only events that concern this service, cluster, instance or operation. */
                subjectId?: components["parameters"]["EventsSubjectId"];
                /** @description In which order. `after` goes with the first, `before` with the second. */
                order?: "oldestFirst" | "newestFirst";
                /** @description Only events before this sequence number; without it from the newest on. */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of events. */
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
                /** @description Sequence number of the last event already seen. */
                after?: components["parameters"]["EventsAfter"];
                /** @description Only events that concern this service, cluster, instance or operation. */
                subjectId?: components["parameters"]["EventsSubjectId"];
            };
            header?: {
                /** @description Sequence number of the last event received. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of webhooks. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
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
            /** @description The webhook and its secret. */
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
                /** @description Id of the webhook. */
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
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the webhook. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook and its secret. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /** @description Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of dead letters. */
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
                /** @description Id of the webhook. */
                webhookId: components["parameters"]["WebhookId"];
                /** @description Id of the dead letter. */
                letterId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken. */
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
            /** @description The schedulers. */
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
                /** @description Name of the scheduler. */
                schedulerName: components["schemas"]["DnsLabel"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it answered. */
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
            /** @description Where to go, and what to bring back. */
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
            /** @description Signed out. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of organizations. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
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
            /** @description The organization. */
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
                /** @description Id of the organization. */
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
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the organization. */
                organizationId: components["parameters"]["OrganizationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the organization. */
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
            /** @description Changed. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of users. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
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
            /** @description The user. */
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
                /** @description Id of the user. */
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
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the user. */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description The `ETag` that the resource must still have; `*` for any. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description Id of the user. */
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
                /** @description Id of the user. */
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
            /** @description Set. */
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
                /** @description Id of the user. */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All sessions have ended. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of keys. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
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
            /** @description The key. */
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
                /** @description Id of the key. */
                keyId: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked. */
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
            /** @description The keys. */
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
                /** @description How many items at the most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Only what this user, key or cluster has done or wanted. */
                actorId?: components["schemas"]["Id"];
                /** @description Only what concerns the thing with this id. */
                subjectId?: components["schemas"]["Id"];
                /** @description Only requests for this operation of the contract. */
                operation?: string;
                /** @description Only what was done, or only what was refused or has failed. */
                outcome?: "done" | "refused";
                /** @description Not before this time. */
                from?: string;
                /** @description Before this time. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of entries. */
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
            /** @description What was found. */
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
            /** @description The version. */
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
            /** @description The numbers. */
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
            /** @description The storm, or that there is none. */
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
                /** @description Makes the write repeatable; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is no storm now, or what is left of it. */
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
            /** @description It is. */
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
            /** @description Store, change feed and gateway are up. */
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
            /** @description The metrics. */
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
            /** @description The contract. */
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
            /** @description The page. */
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
            /** @description The page. */
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
            /** @description Switched to the WebSocket protocol; the frames are JSON texts. */
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
            /** @description Switched to the WebSocket protocol; the frames are JSON texts. */
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
            /** @description Taken. */
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
            /** @description The job. */
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
            /** @description Extended JSON, relaxed. */
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
                /** @description Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The status; the text ends with a newline. */
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
                /** @description Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken; the text ends with a newline. */
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
            /** @description Taken. */
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
            /** @description Taken. */
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
            /** @description Taken. */
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
                /** @description Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken. */
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
                /** @description Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
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
            /** @description Taken. */
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
            /** @description It can. */
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
            /** @description Extended JSON, relaxed. */
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
            /** @description Extended JSON, relaxed. */
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
            /** @description The number. */
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
            /** @description Taken; the text ends with a newline. */
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
            /** @description Taken; the text ends with a newline. */
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
            /** @description Taken. */
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
                /** @description Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
                /** @description Wanted number of replicas. */
                replicas: components["parameters"]["EdgeioReplicas"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken. */
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
                /** @description Id of the job, 24 hexadecimal digits; anything else is an unknown job. */
                jobId: components["parameters"]["EdgeioJobId"];
                /** @description Wanted number of replicas. */
                replicas: components["parameters"]["EdgeioReplicas"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken. */
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
            /** @description Taken. */
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
                /** @description Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken. */
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
                /** @description Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken. */
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
                /** @description Id of the cluster, 24 hexadecimal digits; anything else is an unknown cluster. */
                clusterId: components["parameters"]["EdgeioClusterId"];
                /** @description Number of workers. */
                count: components["parameters"]["EdgeioCount"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken. */
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
                /** @description The same each time the delivery is tried. */
                "System-Manager-Delivery": string;
                /** @description `t=<unix seconds>,v1=<hexadecimal HMAC-SHA256 of "<t>.<body>">`, a `v1` for each secret that is good. */
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
            /** @description Taken. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not taken; it is tried again. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
