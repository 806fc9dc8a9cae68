-- A list lies in one workspace. The planner takes the two for independent, and the people of a list in an installation of
-- many workspaces for a handful, unless it is told.
CREATE STATISTICS "subscriptions_list_in_workspace" (dependencies) ON "workspace_id", "list_id" FROM "subscriptions";
