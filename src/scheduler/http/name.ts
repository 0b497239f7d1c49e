/** How services and answers name the scheduler that `SM_SCHEDULER_URL` adds. */
export const cloudSchedulerName = 'cloud-scheduler';
